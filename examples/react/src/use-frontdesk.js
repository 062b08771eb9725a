import { createWidget } from '@frontdesk/widget';
import { useEffect, useState } from 'react';

/**
 * The widget for as long as the component stands, and how many messages wait. Everything the widget puts into the page
 * goes with it, so React's strict mode, which mounts twice, does no harm.
 */
export function useFrontdesk(relay, site) {
  const [widget, setWidget] = useState(null);
  const [unread, setUnread] = useState(0);

  useEffect(() => {
    const made = createWidget({ relay, site });
    const stop = made.on('unread', setUnread);
    setWidget(made);
    return () => {
      stop();
      made.destroy();
    };
  }, [relay, site]);

  return { widget, unread };
}
