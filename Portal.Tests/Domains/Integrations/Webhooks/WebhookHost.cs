using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Webhooks;

/// <summary>The real host with accounts of all providers in its environment, at the address that the vectors name.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    public const string StripeSecret = "whsec_of_the_tests";
    public const string AppSecret = "app-secret-of-the-tests";
    public const string AuthToken = "auth-token-of-the-tests";
    public const string Public = "https://portal.example.com";

    public WebhookHost(IReadOnlyDictionary<string, string>? secrets = null)
    {
        var given = secrets ?? new Dictionary<string, string>();
        Server = new()
        {
            Clock = Clock,
            Log = Log,
            Settings = new()
            {
                ["Portal:PublicUrl"] = Public,
                ["STRIPE_SECRET_KEY"] = "sk_test_x",
                ["STRIPE_WEBHOOK_SECRET"] = given.GetValueOrDefault("stripe", StripeSecret),
                ["PAYPAL_CLIENT_ID"] = "x",
                ["PAYPAL_CLIENT_SECRET"] = "x",
                ["PAYPAL_WEBHOOK_ID"] = given.GetValueOrDefault("paypal", "WEBHOOK_ID"),
                ["TWILIO_ACCOUNT_SID"] = "ACx",
                ["TWILIO_AUTH_TOKEN"] = given.GetValueOrDefault("twilio", AuthToken),
                ["SENDGRID_API_KEY"] = "SG.x",
                ["SENDGRID_WEBHOOK_PUBLIC_KEY"] = given.GetValueOrDefault("sendgrid", Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo())),
                ["RESEND_API_KEY"] = "re_x",
                ["RESEND_WEBHOOK_SECRET"] = given.GetValueOrDefault("resend", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                ["WHATSAPP_ACCESS_TOKEN"] = "EAAx",
                ["WHATSAPP_PHONE_NUMBER_ID"] = "1",
                ["WHATSAPP_APP_SECRET"] = given.GetValueOrDefault("whatsapp", AppSecret),
                ["WHATSAPP_VERIFY_TOKEN"] = "meatyhamhock",
            },
            More = services => services.Replace(ServiceDescriptor.Singleton<ICertificateSource>(Certificates)),
        };
        Http = Server.CreateClient(new() { AllowAutoRedirect = false });
    }

    public static ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public PortalServer Server { get; }

    public HttpClient Http { get; }

    public TestClock Clock { get; } = new();

    public HeardLog Log { get; } = new();

    public ToldCertificates Certificates { get; } = new();

    /// <summary>As Stripe would send it now.</summary>
    public HttpRequestMessage Stripe(string body, string path = "/webhooks/stripe", string secret = StripeSecret)
    {
        var time = (long)(Clock.Now() - DateTime.UnixEpoch).TotalSeconds;
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")));
        return Post(path, body, ("Stripe-Signature", $"t={time},v1={signature}"));
    }

    public static HttpRequestMessage Whatsapp(string body, string path = "/webhooks/whatsapp") =>
        Post(path, body, ("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AppSecret), Encoding.UTF8.GetBytes(body)))));

    public HttpRequestMessage Sendgrid(string body, string path = "/webhooks/sendgrid")
    {
        var time = $"{(long)(Clock.Now() - DateTime.UnixEpoch).TotalSeconds}";
        var signature = Key.SignData(Encoding.UTF8.GetBytes(time + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Post(path, body, ("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(signature)), ("X-Twilio-Email-Event-Webhook-Timestamp", time));
    }

    public HttpRequestMessage Resend(string body, string id, string path = "/webhooks/resend")
    {
        var time = $"{(long)(Clock.Now() - DateTime.UnixEpoch).TotalSeconds}";
        var signature = HMACSHA256.HashData(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), Encoding.UTF8.GetBytes($"{id}.{time}.{body}"));
        return Post(path, body, ("svix-id", id), ("svix-timestamp", time), ("svix-signature", "v1," + Convert.ToBase64String(signature)));
    }

    /// <summary>As Twilio would send it, which called us at this address.</summary>
    public static HttpRequestMessage Twilio(string form, string called = Public + "/webhooks/twilio", string path = "/webhooks/twilio")
    {
        var fields = form.Split('&').Select(f => f.Split('=')).OrderBy(f => f[0], StringComparer.Ordinal);
        var text = called + string.Concat(fields.Select(f => Uri.UnescapeDataString(f[0]) + Uri.UnescapeDataString(f[1].Replace('+', ' '))));
#pragma warning disable CA5350 // their algorithm
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(AuthToken), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
        return Post(path, form, "application/x-www-form-urlencoded", ("X-Twilio-Signature", signature));
    }

    public static HttpRequestMessage Post(string path, string body, params (string Name, string Value)[] headers) => Post(path, body, "application/json", headers);

    public static HttpRequestMessage Post(string path, string body, string type, params (string Name, string Value)[] headers) => Post(path, Encoding.UTF8.GetBytes(body), type, headers);

    public static HttpRequestMessage Post(string path, byte[] body, string type, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(type, out var known) ? known : null;
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await Http.SendAsync(request, Ct);
            return answer.StatusCode;
        }
    }

    public Task<int> HandleAsync() => Server.Get<InboxPump>().RunAsync(Ct);

    /// <summary>What was stored since the demo.</summary>
    public async Task<List<InboxRow>> StoredAsync()
    {
        await using var db = Server.Open();
        return await db.Inbox.AsNoTracking().Where(r => !r.EventId.Contains("demo")).OrderBy(r => r.Id).ToListAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>Shows what a test gave it, and remembers what it was asked for.</summary>
    internal sealed class ToldCertificates : ICertificateSource
    {
        public ConcurrentDictionary<string, string> Known { get; } = new();

        public ConcurrentQueue<Uri> Asked { get; } = new();

        public bool IsAway { get; set; }

        public Task<string?> FetchAsync(Uri url, CancellationToken ct)
        {
            Asked.Enqueue(url);
            return IsAway ? throw new HttpRequestException("away") : Task.FromResult(Known.GetValueOrDefault(url.AbsoluteUri));
        }

        public bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection beside, DateTime at) => true;
    }
}
