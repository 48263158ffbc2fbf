import { createPublicKey } from 'node:crypto';
import { CompactSign, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';

/** What an attacker would try who has a good token and the public key, but not the private one. */
export async function forgeries(token, publicKey) {
    const [header, payload, signature] = token.split('.');
    const claims = decodeJwt(token);
    const { kid } = decodeProtectedHeader(token);
    const now = Math.floor(Date.now() / 1000);
    const foreign = await generateKeyPair('ES256', { extractable: true });
    const pem = createPublicKey({ key: publicKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const hmacHeader = { alg: 'HS256', typ: 'JWT', kid };
    const sign = (protectedHeader, key) => new CompactSign(text(claims)).setProtectedHeader(protectedHeader).sign(key);

    return [
        ['an altered payload', `${header}.${encode({ ...claims, sub: `${claims.sub}1` })}.${signature}`],
        ['an altered signature', `${header}.${payload}.${flip(signature)}`],
        ['a signature of nothing but zeros', `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`],
        ['a missing signature', `${header}.${payload}.`],
        ['an expiry put off by a year', `${header}.${encode({ ...claims, exp: now + 365 * 86400 })}.${signature}`],
        ['an expiry put into the past', `${header}.${encode({ ...claims, exp: now - 3600 })}.${signature}`],
        ['alg none', `${encode({ alg: 'none', typ: 'JWT', kid })}.${payload}.`],
        ['alg none with the old signature', `${encode({ alg: 'none', typ: 'JWT', kid })}.${payload}.${signature}`],
        ['HS256 with the public key (PEM) as the secret', await sign(hmacHeader, text(pem))],
        ['HS256 with the public key (JWK) as the secret', await sign(hmacHeader, text(JSON.stringify(publicKey)))],
        ['a foreign ES256 key under the same kid', await sign({ alg: 'ES256', typ: 'JWT', kid }, foreign.privateKey)],
        ['a foreign ES256 key that brings itself along', await sign({ alg: 'ES256', typ: 'JWT', kid, jwk: await exportJWK(foreign.publicKey) }, foreign.privateKey)],
    ];
}

// In the middle: the last character of a signature carries bits that base64url ignores.
function flip(signature) {
    const middle = signature.length >> 1;
    return signature.slice(0, middle) + (signature[middle] === 'A' ? 'B' : 'A') + signature.slice(middle + 1);
}

const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url');

function text(value) {
    return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
}
