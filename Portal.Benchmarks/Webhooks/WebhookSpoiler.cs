using System.Globalization;
using System.Text;

namespace Portal.Benchmarks.Webhooks;

/// <summary>
/// Webhooks of all providers at all their doors, by number: one in ten as it was signed, one in twenty signed and making no sense, the others spoilt in
/// one of the ways below. The same number of the same seed is spoilt in the same way.
/// </summary>
internal sealed class WebhookSpoiler(WebhookSigner signer, WebhookSigner stranger, int seed)
{
    public const string Huge = "huge";
    private const string AsSigned = "as it was signed";
    private const string MadeNoSense = "signed and making no sense";
    private static readonly string[] Roots = ["/webhooks", "/services/webhooks"];
    private static readonly string[] WrongTypes = ["text/plain", "application/jso", "application/xml", "multipart/form-data; boundary=x", "x", ""];
    private static readonly string[] Framings = ["\r\nContent-Length: -1", "\r\nContent-Length: abc", "\r\nContent-Length: 3", "\r\nContent-Length: 3\r\nContent-Length: 9", "\r\nTransfer-Encoding: chunked", "\r\nTransfer-Encoding: gzip"];

    // Nobody may be asked for any of these.
    private static readonly string[] WrongCertificates =
    [
        "http://api.paypal.com/v1/notifications/certs/CERT-1", "https://api.paypal.com.example/v1/notifications/certs/CERT-1", "https://api.paypal.com@127.0.0.1/v1/notifications/certs/CERT-1", "https://127.0.0.1/v1/notifications/certs/CERT-1",
        "https://api.paypal.com/v1/notifications/certs/../../CERT-1", "https://api.paypal.com/v1/notifications/certs/CERT-1?a=b", "https://api.paypal.com:8443/v1/notifications/certs/CERT-1", "file:///etc/hostname",
    ];

    private readonly (string Kind, Action<WebhookDraft, Random> Spoil)[] ways =
    [
        ("a bit of the body", (d, chance) => Change(d, body => body[chance.Next(body.Length)] ^= (byte)(1 << chance.Next(8)))),
        ("some bytes of the body", (d, chance) => Change(d, body => chance.NextBytes(body.AsSpan(chance.Next(body.Length - 8), 8)))),
        ("another body", (d, chance) => Change(d, body => chance.NextBytes(body.AsSpan()))),
        ("no UTF-8", (d, chance) => Change(d, body => body[chance.Next(body.Length)] = (byte)(0xF8 + chance.Next(8)))),
        ("cut short", (d, chance) => d.Body = d.Body[..chance.Next(d.Body.Length)]),
        ("something behind it", (d, chance) => d.Body = [.. d.Body, .. "x0 "u8[..chance.Next(1, 3)]]),
        ("deep", (d, chance) => d.Body = Encoding.ASCII.GetBytes(new string("[{"[chance.Next(2)], chance.Next(1, 20_000)))),
        ("a letter of the signature", SpoilSignature),
        ("a header away", (d, chance) => d.Headers.RemoveAt(chance.Next(d.Headers.Count))),
        ("a header of something else", SpoilHeader),
        ("a header twice", (d, chance) => (d.Fate, d.Headers) = (WebhookFate.Either, [.. d.Headers, d.Headers[chance.Next(d.Headers.Count)]])),
        ("another content type", (d, chance) => d.ContentType = WrongTypes[chance.Next(WrongTypes.Length)] is { Length: > 0 } type ? type : null),
        ("another charset", (d, _) => (d.Fate, d.ContentType) = (WebhookFate.Either, d.ContentType + "; charset=utf-7")),
        ("another query", (d, chance) => (d.Fate, d.Target) = (d.Provider is "twilio" ? WebhookFate.Refused : WebhookFate.Either, $"{d.Target}?x=%ff{chance.Next(10)}")),
        ("another door", (d, chance) => d.Target = $"{Roots[chance.Next(2)]}/{(chance.Next(8) == 0 ? "nobody" : Other(d.Provider, chance))}"),
        ("another method", (d, chance) => d.Method = new[] { "GET", "PUT", "PATCH", "DELETE", "OPTIONS" }[chance.Next(5)]),
        ("a length that is none", (d, chance) => d.Framing = Framings[chance.Next(Framings.Length)]),
        ("in pieces", InPieces),
    ];

    public (string Kind, WebhookDraft Draft) Make(int number, DateTimeOffset now)
    {
        var chance = new Random(unchecked((seed * 1_000_003) + number));
        var provider = WebhookSigner.Providers[chance.Next(WebhookSigner.Providers.Length)];
        var draft = WebhookDraft.Of(provider, number, Roots[chance.Next(2)], now);
        switch (chance.Next(200))
        {
            case < 20:
                draft.Fate = WebhookFate.Taken;
                return (AsSigned, draft.Signed(signer, now));
            case < 30:
                draft.Fate = WebhookFate.Taken;
                draft.Says(Nonsense(provider, number, chance));
                return (MadeNoSense, draft.Signed(signer, now));
            case < 32:
                return (Huge, Enormous(draft.Signed(signer, now), chance));
            case < 50:
                return Unsigned(draft, chance, now);
            default:
                var (kind, spoil) = ways[chance.Next(ways.Length)];
                spoil(draft.Signed(signer, now), chance);
                return (kind, draft);
        }
    }

    /// <summary>By somebody else, in somebody else's way, or at another time.</summary>
    private (string Kind, WebhookDraft Draft) Unsigned(WebhookDraft draft, Random chance, DateTimeOffset now)
    {
        switch (chance.Next(4))
        {
            case 0:
                return ("by a stranger", draft.Signed(stranger, now));
            case 1:
                draft.Headers = [.. signer.Sign(Other(draft.Provider, chance), draft.Id, draft.Target, draft.Body, now)];
                return ("in another provider's way", draft);
            case 2 when draft.Provider is "stripe" or "resend" or "sendgrid":
                var aside = chance.Next(2) == 0 ? TimeSpan.FromHours(26) : TimeSpan.FromMinutes(-10);
                return ("at another time", draft.Signed(signer, now - aside));
            default:
                return ("not signed", draft);
        }
    }

    /// <summary>What only our own code could trip over: it comes from the provider itself.</summary>
    private static byte[] Nonsense(string provider, int number, Random chance) => provider is "twilio"
        ? Encoding.ASCII.GetBytes(chance.Next(3) switch
        {
            0 => $"n={number}&" + string.Join('&', Enumerable.Range(0, 2_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"f{i}=%{i % 256:x2}"))),
            1 => $"{number}=&%FF%FE=%00&=&&&a=%E0%80%80",
            _ => $"n={number}&x={new string('y', chance.Next(1, 60_000))}",
        })
        : chance.Next(6) switch
        {
            0 => Encoding.ASCII.GetBytes(new string('[', 10_000) + number),
            1 => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + number),
            2 => [0xFF, 0xFE, .. Encoding.ASCII.GetBytes($"{number}")],
            3 => Encoding.ASCII.GetBytes($$"""{"n":{{number}},"\ud800":"\udc00","type":"\ud800"}"""),
            4 => Encoding.ASCII.GetBytes($$"""{"n":1e{{number}}999,"pad":"{{new string('x', chance.Next(1, chance.Next(20) == 0 ? 900_000 : 9_000))}}"}"""),
            _ => Encoding.ASCII.GetBytes($"\"{number}\""),
        };

    private static WebhookDraft Enormous(WebhookDraft draft, Random chance)
    {
        draft.Body = new byte[chance.Next(500_000, 4_000_000)];
        draft.Body.AsSpan().Fill((byte)" [x"[chance.Next(3)]);
        return draft;
    }

    /// <summary>Of a form that says the same as before, the signature holds.</summary>
    private static void Change(WebhookDraft draft, Action<byte[]> how)
    {
        var body = (byte[])draft.Body.Clone();
        how(body);
        if (body.AsSpan().SequenceEqual(draft.Body) || (draft.Provider is "twilio" && WebhookSigner.Said(body) == WebhookSigner.Said(draft.Body)))
            draft.Fate = WebhookFate.Either;
        draft.Body = body;
    }

    private static void SpoilSignature(WebhookDraft draft, Random chance)
    {
        var at = draft.Headers.FindIndex(h => h.Name.Contains("sig", StringComparison.OrdinalIgnoreCase));
        var value = draft.Headers[at].Value.ToCharArray();

        // Of the last letters of base64 some bits mean nothing.
        var place = chance.Next(value.Length - 3);
        value[place] = value[place] == 'q' ? 'Q' : 'q';
        draft.Headers[at] = (draft.Headers[at].Name, new(value));
    }

    private static void SpoilHeader(WebhookDraft draft, Random chance)
    {
        var at = chance.Next(draft.Headers.Count);
        var value = draft.Headers[at].Name is "PAYPAL-CERT-URL" ? WrongCertificates[chance.Next(WrongCertificates.Length)] : chance.Next(4) switch
        {
            0 => "",
            1 => new string((char)chance.Next(33, 127), chance.Next(1, 7_000)),
            2 => string.Concat(Enumerable.Range(0, 60).Select(_ => (char)chance.Next(0xC0, 0x100))),
            _ => "t=99999999999999999999,v1=,v1,sha256=,-1",
        };
        draft.Headers[at] = (draft.Headers[at].Name, value);
    }

    private static void InPieces(WebhookDraft draft, Random chance)
    {
        var pieces = draft.Body.Chunk(chance.Next(1, 60)).SelectMany(piece => (byte[])[.. Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"), .. piece, .. "\r\n"u8]);
        (draft.Fate, draft.Framing, draft.Body) = (WebhookFate.Taken, "\r\nTransfer-Encoding: chunked", [.. pieces, .. "0\r\n\r\n"u8]);
    }

    private static string Other(string provider, Random chance) => WebhookSigner.Providers.Where(p => p != provider).ElementAt(chance.Next(WebhookSigner.Providers.Length - 1));
}
