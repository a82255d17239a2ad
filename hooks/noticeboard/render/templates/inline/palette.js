// The colors that the reader chose, else the device's, before anything is painted.
{
  const kept = __md_get("__palette");
  let color = kept && kept.color;
  if (!color || color.media === "(prefers-color-scheme)") {
    const device = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const { mdColorMedia: media, mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: accent } =
      document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${device})"]`).dataset;
    color = { media, scheme, primary, accent };
  }
  for (const name of Object.keys(color)) document.body.setAttribute(`data-md-color-${name}`, color[name]);
}
