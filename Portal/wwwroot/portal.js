// What HTML does not do by itself: theme, copying, shown passwords, dialogs for old browsers, drafts. At the end, Blazor's start.
(() => {
  const root = document.documentElement;
  const byId = id => document.getElementById(id);

  // Theme: a cookie, so that the server writes it and nothing flashes.
  function theme(name) {
    if (name === 'light' || name === 'dark') {
      root.dataset.theme = name;
    } else {
      delete root.dataset.theme;
    }
    const [prefix, secure] = location.protocol === 'https:' ? ['__Host-', ';secure'] : ['', ''];
    document.cookie = `${prefix}theme=${name};path=/;max-age=31536000;samesite=lax${secure}`;
  }

  async function copy(button) {
    const says = button.querySelector('[data-says]');
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return;
    }
    button.dataset.copied = '';
    says.textContent = says.dataset.says;
    setTimeout(() => {
      delete button.dataset.copied;
      says.textContent = '';
    }, 2000);
  }

  function showPassword(button) {
    const input = byId(button.dataset.shows);
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', shown);
  }

  // A variable comes in where the cursor is, as if it had been typed.
  function insert(button) {
    const area = byId(button.dataset.into);
    area.focus();
    area.setRangeText(button.dataset.inserts, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.dispatchEvent(new Event('change', { bubbles: true }));
  }

  // What is typed in an editor is shown in the frame beside it a moment later, saved or not.
  let soon;
  function preview(e) {
    const form = e.target.closest?.('[data-previews]') ?? [...document.querySelectorAll('[data-previews]')].find(f => byId(f.dataset.previews)?.contains(e.target));
    if (!form) {
      return;
    }
    clearTimeout(soon);
    soon = setTimeout(() => {
      if (!form.isConnected) {
        return; // they have left
      }
      for (const name of ['subject', 'body']) {
        form.elements[name].value = byId(`${form.dataset.previews}-${name}`).value;
      }
      // In a new frame each time: what one frame shows after another would be steps on the way back.
      const old = document.getElementsByName(form.target)[0];
      const frame = old.cloneNode();
      frame.removeAttribute('src');
      old.replaceWith(frame);
      form.submit();
    }, 300);
  }

  document.addEventListener('input', preview);

  function command(button) {
    const target = byId(button.getAttribute('commandfor'));
    if (button.getAttribute('command') === 'close') {
      target?.close();
    } else if (target && !target.open) {
      target.showModal();
    }
  }

  document.addEventListener('click', e => {
    const on = selector => e.target.closest?.(selector);
    const themed = on('[data-set-theme]');
    if (themed) {
      theme(themed.dataset.setTheme);
      themed.closest('[popover]')?.hidePopover();
    }
    if (on('[data-copy]')) {
      copy(on('[data-copy]'));
    }
    if (on('[data-passkey]')) {
      const button = on('[data-passkey]');
      import(new URL(button.dataset.passkey, document.baseURI)).then(passkeys => passkeys.signIn(button));
    }
    if (on('[data-inserts]')) {
      insert(on('[data-inserts]'));
    }
    if (on('[data-shows]')) {
      showPassword(on('[data-shows]'));
    }
    if (on('[commandfor]') && !('command' in HTMLButtonElement.prototype)) {
      command(on('[commandfor]'));
    }
    // What was chosen in the palette leads on or is done; the palette stays behind.
    on('#palette :is(a, .menu-item[data-set-theme])')?.closest('dialog').close();
    if (on('[data-picks-none]')) {
      pick(false);
    }
    // A link in a drawer or menu leads on; the drawer stays behind.
    on('[popover] a')?.closest('[popover]:popover-open')?.hidePopover();
  });

  // Picked rows: only the browser knows which, until a bulk action asks.
  const picks = () => [...document.querySelectorAll('.pick-cell input')];
  const picked = () => picks().filter(box => box.checked);

  function showPicked() {
    const [all, some] = [picks().length, picked().length];
    document.querySelectorAll('[data-picked]').forEach(words => {
      words.textContent = words.dataset.picked.replace('{0}', some);
    });
    document.querySelectorAll('[data-picks-all]').forEach(box => {
      [box.checked, box.indeterminate] = [some > 0 && some === all, some > 0 && some < all];
    });
  }

  function pick(yes) {
    picks().forEach(box => {
      box.checked = yes;
    });
    showPicked();
  }

  document.addEventListener('change', e => {
    if (e.target.matches('[data-picks-all]')) {
      pick(e.target.checked);
    } else if (e.target.matches('.pick-cell input')) {
      showPicked();
    }
  });

  document.addEventListener('beforetoggle', e => {
    for (const item of e.target.querySelectorAll?.('[data-set-theme]') ?? []) {
      item.setAttribute('aria-pressed', item.dataset.setTheme === (root.dataset.theme ?? 'system'));
    }
  }, true);

  document.addEventListener('change', e => {
    if (e.target.matches('[data-closes]')) {
      e.target.closest('[popover]:popover-open')?.hidePopover();
    }
  });

  document.addEventListener('keydown', e => {
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') {
      const search = byId('palette') ?? document.querySelector('.filters input[type=search]');
      if (search) {
        e.preventDefault();
        if (!search.open) {
          search.showModal ? search.showModal() : search.focus();
        }
      }
    }
    const palette = e.target.closest?.('#palette');
    if (palette) {
      walk(palette, e);
    }
  });

  // The palette: arrows walk from the search through what it found and round again, Enter takes the first.
  function walk(palette, e) {
    const input = palette.querySelector('input');
    const items = [...palette.querySelectorAll('.menu-item')];
    const stops = [input, ...items];
    const at = stops.indexOf(e.target);
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      stops.at((at + (e.key === 'ArrowDown' ? 1 : -1)) % stops.length).focus();
    } else if (e.key === 'Enter' && e.target === input && items.length > 0) {
      e.preventDefault();
      if (e.ctrlKey && items[0].href) {
        window.open(items[0].href, '_blank', 'noopener');
      } else {
        items[0].click();
      }
    } else if (at > 0 && e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey && e.key !== ' ') {
      input.focus();
    }
  }

  // The next time it begins empty.
  document.addEventListener('close', e => {
    const input = e.target.id === 'palette' && e.target.querySelector('input');
    if (input && input.value) {
      input.value = '';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }, true);

  // Groups of the navigation stay as they were left, on this device.
  const keptAs = details => `nav:${details.dataset.keep}`;

  function keep(details) {
    try {
      details.open = localStorage.getItem(keptAs(details)) !== 'closed';
    } catch {
      // Without storage they begin open.
    }
  }

  document.addEventListener('toggle', e => {
    if (e.target.matches?.('details[data-keep]')) {
      try {
        if (e.target.open) {
          localStorage.removeItem(keptAs(e.target));
        } else {
          localStorage.setItem(keptAs(e.target), 'closed');
        }
      } catch {
        // Without storage nothing is kept.
      }
    }
  }, true);

  // Drafts: what is typed into form[data-draft] survives a reload and a restart of the server.
  let restoring = false;
  const key = name => `draft:${document.documentElement.dataset.person}:${location.pathname}:${name}`;
  const inputs = form => [...form.elements].filter(i => i.name && !['password', 'file', 'hidden', 'submit', 'button'].includes(i.type));
  const typed = form => Object.fromEntries(inputs(form).map(i => [i.name, i.type === 'checkbox' ? i.checked : i.value]));
  const read = form => JSON.parse(sessionStorage.getItem(key(form.dataset.draft)) ?? 'null');

  function save(form, open) {
    sessionStorage.setItem(key(form.dataset.draft), JSON.stringify({ open, values: typed(form) }));
  }

  function restore(form) {
    const draft = read(form);
    if (!draft) {
      return;
    }
    remember(form);
    restoring = true;
    for (const input of inputs(form)) {
      const value = draft.values[input.name];
      const property = input.type === 'checkbox' ? 'checked' : 'value';
      if (value !== undefined && input[property] !== value) {
        input[property] = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }
    }
    restoring = false;
    const dialog = form.closest('dialog');
    if (draft.open && dialog && !dialog.open) {
      dialog.showModal();
    }
  }

  document.addEventListener('input', e => {
    const form = e.target.form;
    if (form?.dataset.draft && !restoring && inputs(form).length > 0) {
      save(form, form.closest('dialog')?.open ?? false);
    }
  });

  document.addEventListener('close', e => {
    const form = e.target.querySelector?.('form[data-draft]');
    if (form && read(form)) {
      save(form, false);
    }
  }, true);

  // Guarded forms: [data-guards] asks before what was typed there and not saved is lost. What a form said before anyone came to it is
  // known from when the focus first came, or a draft.
  const said = new WeakMap();
  const say = form => said.set(form, JSON.stringify(typed(form)));
  const remember = form => said.has(form) || say(form);
  const isUnsaved = id => [...byId(id)?.querySelectorAll('form') ?? []].some(form => said.has(form) && said.get(form) !== JSON.stringify(typed(form)));

  document.addEventListener('focusin', e => {
    if (e.target.form) {
      remember(e.target.form);
    }
  });

  // A page that goes by itself, for another host or to sign in, finds its drafts again and asks nobody.
  let goesByItself = false;
  addEventListener('beforeunload', e => {
    if (!goesByItself && [...document.querySelectorAll('[data-guards]')].some(guard => isUnsaved(guard.dataset.guards))) {
      e.preventDefault();
    }
  });

  // Blazor puts its own elements in place of the prerendered ones; only those reach the server, so only those are filled.
  // One look at the page's forms and folds for all that changed: a dashboard comes in a thousand pieces.
  const seen = new WeakSet();
  const folds = document.getElementsByTagName('details');
  const strips = document.getElementsByClassName('tabs');
  const anew = elements => [...elements].filter(element => !seen.has(element) && seen.add(element));

  // On a phone a strip of tabs is wider than the screen: the one that is open stands in sight.
  function centre(strip) {
    const open = strip.querySelector('[aria-current]');
    if (open && strip.scrollWidth > strip.clientWidth) {
      const [tab, all] = [open.getBoundingClientRect(), strip.getBoundingClientRect()];
      strip.scrollLeft += tab.left + tab.width / 2 - all.left - all.width / 2;
    }
  }

  function look() {
    anew(document.forms).filter(form => form.dataset.draft).forEach(restore);
    anew(folds).filter(fold => fold.dataset.keep).forEach(keep);
    anew(strips).forEach(centre);
  }

  function begin() {
    anew(document.forms);
    look();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  }

  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', begin);
  } else {
    begin();
  }

  // Whoever signs out is on the way already, and is not sent back to this page.
  let isLeaving = false;
  document.addEventListener('submit', e => {
    isLeaving ||= e.target.getAttribute('action') === '/sign-out';
  });

  window.portal = {
    toSignIn(url) {
      if (!isLeaving) {
        goesByItself = true;
        location.assign(url);
      }
    },
    reload() {
      goesByItself = true;
      location.reload();
    },
    open: id => byId(id)?.showModal(),
    close: id => byId(id)?.close(),
    done(id) {
      // By its name: when the saved version is shown already, the form that was typed into is gone.
      sessionStorage.removeItem(key(id));
      const whole = byId(id);
      whole?.querySelectorAll('form').forEach(say);
      whole?.close?.();
    },
    isUnsaved,
    theme,
    picked: () => picked().map(box => Number(box.value)),
    pickNone: () => pick(false),
    async save(name, content) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([await content.arrayBuffer()]));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000); // A busy browser begins to read it later.
    },
    focusHeading() {
      const head = document.querySelector('h1');
      if (head && !document.activeElement?.matches('main :is(input, textarea, select)')) {
        head.tabIndex = -1;
        head.focus({ preventScroll: true });
      }
    },
    focusBad: id => byId(id)?.querySelector('[aria-invalid="true"]')?.focus(),
  };
})();

// Starts Blazor with a reconnection of our own: a quiet bar, retries for as long as the server is away, and a reload
// when the server is back without this page's circuit (that is, after a restart).
(() => {
  let down = false;

  const bar = shown => {
    const element = document.getElementById('reconnecting');
    if (element) {
      element.hidden = !shown;
    }
  };
  const pause = time => new Promise(done => setTimeout(done, time));
  const isBack = () => fetch('favicon.png', { cache: 'no-store' }).then(answer => answer.ok, () => false);

  async function reconnect() {
    for (let tries = 0; down; tries++) {
      // A page that is reloaded too early would be the browser's error page, and nobody would be there to retry.
      if (await isBack()) {
        try {
          if (!await Blazor.reconnect()) {
            portal.reload();
          }
          return;
        } catch {
          // The host answers and its circuits do not yet.
        }
      }
      await pause(tries < 20 ? 1000 : 5000);
    }
  }

  // Asking first which ways there are costs a round trip before the page can answer, so it goes straight for a web
  // socket. Where those do not get through, the page is loaded again and from then on asks.
  const asksFirst = sessionStorage.getItem('asks-first');
  let wasOpen = false;

  class Straight extends WebSocket {
    constructor(url, protocols) {
      super(url, protocols);
      this.addEventListener('open', () => wasOpen = true);
      this.addEventListener('error', async () => {
        if (!wasOpen && await isBack()) {
          sessionStorage.setItem('asks-first', 'yes');
          portal.reload();
        }
      });
    }
  }

  const start = () => Blazor.start({
    circuit: {
      configureSignalR: builder => asksFirst || builder.withUrl('_blazor', { skipNegotiation: true, transport: 1, WebSocket: Straight }),
      // We have none, and asking costs a round trip before the page can answer.
      initializers: { beforeStart: [], afterStarted: [] },
      reconnectionHandler: {
        onConnectionDown() {
          if (!down) {
            down = true;
            bar(true);
            reconnect();
          }
        },
        onConnectionUp() {
          down = false;
          bar(false);
        },
      },
    },
  });

  // Both scripts run when they arrive, whichever is first.
  if (window.Blazor) {
    start();
  } else {
    document.querySelector('head script').addEventListener('load', start);
  }
})();
