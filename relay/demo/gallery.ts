import { html } from './html.ts';

/** The page that shows every screen of the widget in every state; its script is `widget/gallery/gallery.ts`. */
export const galleryPage = (): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>Gallery of the widget</title>
<link rel="icon" type="image/svg+xml" href="/demo/assets/logo.svg">
<link rel="stylesheet" href="/demo/assets/gallery.css">
<script src="/demo/gallery/gallery.js"></script>
<script async src="/widget.js" data-site="gallery"></script>
</head>
<body>
<main><h1>Gallery of the widget</h1></main>
</body>
</html>
`.text;
