import { createApp } from 'vue';
import PlantShop from './plant-shop.vue';

createApp(PlantShop).mount('#root');
