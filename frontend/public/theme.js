// Runs before the first paint, so that a dark screen never flashes white. A file of its own, because the content
// security policy allows no inline script. Mantine takes over the same attribute and the same storage key.
(function () {
  var chosen = null;
  try {
    chosen = window.localStorage.getItem('throughline-color-scheme');
  } catch {
    // Storage can be switched off; the system's choice is used then.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
