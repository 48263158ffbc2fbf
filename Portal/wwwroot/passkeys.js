// Passkeys, on the pages that have them: asks our server what to ask the device, and brings back what it said.
const base = path => new URL(path, document.baseURI);
const isKnown = () => 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

async function post(path, body) {
  const answer = await fetch(base(path), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, application/problem+json',
      RequestVerificationToken: document.querySelector('input[name=__RequestVerificationToken]')?.value ?? '',
    },
    body: JSON.stringify(body ?? {}),
  });
  const said = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : {};
  if (!answer.ok || answer.redirected) {
    throw Object.assign(new Error(said.title ?? 'failed'), { field: Object.keys(said.errors ?? {})[0] });
  }
  return said;
}

// What went wrong, as one of our words, or as the server said it.
function trouble(error) {
  switch (error.name) {
    case 'NotAllowedError':
    case 'AbortError':
      return 'cancelled';
    case 'InvalidStateError':
      return 'exists';
    default:
      return error.name === 'Error' ? error.message : 'failed';
  }
}

export async function signIn(button) {
  const says = button.parentElement.querySelector('[data-passkey-says]');
  const form = button.closest('form');
  says.hidden = true;
  button.setAttribute('aria-busy', 'true');
  try {
    if (!isKnown()) {
      throw new Error('unknown');
    }
    const options = await post('sign-in/passkey/options');
    const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    await post('sign-in/passkey', { credential: credential.toJSON(), name: null, remember: form?.querySelector('input[type=checkbox]')?.checked ?? false });
    location.assign(button.dataset.next);
  } catch (error) {
    const word = trouble(error);
    says.querySelector('span').textContent = says.dataset[word] ?? word;
    says.hidden = false;
  } finally {
    button.removeAttribute('aria-busy');
  }
}

// Nothing when it was added; otherwise what went wrong, and the field that it is about.
export async function add(name, password) {
  try {
    if (!isKnown()) {
      throw new Error('unknown');
    }
    const options = await post('passkeys/options', { password });
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    await post('passkeys', { credential: credential.toJSON(), name, remember: false });
    return null;
  } catch (error) {
    return { word: trouble(error), field: error.field };
  }
}
