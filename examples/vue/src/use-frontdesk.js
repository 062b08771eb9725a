import { createWidget } from '@frontdesk/widget';
import { onMounted, onUnmounted, ref, shallowRef } from 'vue';

/** The widget for as long as the component stands, and how many messages wait. */
export function useFrontdesk(relay, site) {
  const widget = shallowRef(null);
  const unread = ref(0);

  onMounted(() => {
    widget.value = createWidget({ relay, site });
    widget.value.on('unread', (count) => {
      unread.value = count;
    });
  });
  onUnmounted(() => widget.value?.destroy());

  return { widget, unread };
}
