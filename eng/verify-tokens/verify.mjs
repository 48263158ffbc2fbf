import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { forgeries } from './forgeries.mjs';

const [site, email, password] = process.argv.slice(2);
let passed = 0;
let failed = 0;

await main().catch(problem => check('the run', false, [problem.message, problem.cause?.message].filter(Boolean).join(': ')));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function main() {
    const token = await signIn();
    const keys = new URL('/.well-known/jwks.json', site);
    await verify(token, keys);
    check('GET /api/auth/me takes the good token', await statusFor(token) === 200);
    check('GET /api/auth/me refuses no token', await statusFor(null) === 401);
    for (const [what, forged] of await forgeries(token, await publicKeyOf(token, keys))) {
        const status = await statusFor(forged);
        check(`GET /api/auth/me refuses ${what}`, status === 401, `answered ${status}`);
    }
    check('GET /api/auth/me still takes the good token', await statusFor(token) === 200);
}

async function signIn() {
    const response = await fetch(new URL('/api/auth/login', site), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Error(`POST /api/auth/login answered ${response.status}: ${await response.text()}`);
    const answer = await response.json();
    check('POST /api/auth/login answers a bearer token and a refresh token',
        typeof answer.access_token === 'string' && typeof answer.refresh_token === 'string' && answer.token_type === 'Bearer' && answer.expires_in > 0,
        JSON.stringify(Object.keys(answer)));
    return answer.access_token;
}

async function verify(token, keys) {
    const { iss } = decodeJwt(token);
    console.log(`      issuer ${iss}, header ${JSON.stringify(decodeProtectedHeader(token))}`);
    try {
        await jwtVerify(token, createRemoteJWKSet(keys), { algorithms: ['ES256'], audience: 'portal', issuer: iss, requiredClaims: ['iss', 'sub', 'exp'] });
        check('jose verifies the token: ES256, audience portal', true);
    } catch (problem) {
        check('jose verifies the token: ES256, audience portal', false, problem.message);
    }
}

async function publicKeyOf(token, address) {
    const { kid } = decodeProtectedHeader(token);
    const { keys } = await (await fetch(address)).json();
    const key = keys.find(candidate => candidate.kid === kid);
    if (!key) throw new Error(`no key ${kid} in ${address}`);
    check('the published key is public', key.d === undefined);
    return key;
}

async function statusFor(token) {
    const headers = token === null ? {} : { authorization: `Bearer ${token}` };
    return (await fetch(new URL('/api/auth/me', site), { headers, redirect: 'manual' })).status;
}

function check(what, holds, otherwise = '') {
    if (holds) passed++;
    else failed++;
    console.log(`${holds ? 'pass' : 'FAIL'}  ${what}${holds || !otherwise ? '' : ` (${otherwise})`}`);
}
