using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Webhooks;

/// <summary>Which certificates may speak for PayPal.</summary>
public sealed class PaypalCertificatesTests : IDisposable
{
    private const string Name = "messageverificationcerts.paypal.com";
    private static readonly Uri Url = new("https://api.paypal.com/v1/notifications/certs/CERT-1");
    private readonly TestClock clock = new();
    private readonly X509Certificate2 root = Root("Root of the tests");
    private readonly Answers answers = new();

    [Fact]
    public async Task One_made_out_to_them_by_somebody_we_trust_is_fetched_once_and_kept()
    {
        answers.Pem = Leaf(Name, root);
        using var certificates = Certificates();
        Assert.NotNull(await certificates.FindAsync(Url, Ct));
        Assert.NotNull(await certificates.FindAsync(Url, Ct));
        Assert.Equal(1, answers.Asked);
        clock.Forward(TimeSpan.FromHours(13));
        Assert.NotNull(await certificates.FindAsync(Url, Ct));
        Assert.Equal(2, answers.Asked);
    }

    [Fact]
    public async Task Anyone_elses_is_refused()
    {
        using var stranger = Root("Somebody else");
        foreach (var pem in new[] { Leaf("evil.example", root), Leaf(Name, stranger), Leaf($"x.{Name}", root), Leaf(Name, root, days: -1), "not a certificate", null })
        {
            answers.Pem = pem;
            using var certificates = Certificates();
            Assert.Null(await certificates.FindAsync(Url, Ct));
        }
    }

    [Fact]
    public async Task What_cannot_be_reached_is_asked_for_again()
    {
        using var certificates = Certificates();
        answers.Status = HttpStatusCode.BadGateway;
        await Assert.ThrowsAsync<HttpRequestException>(() => certificates.FindAsync(Url, Ct));
        (answers.Status, answers.Pem) = (HttpStatusCode.OK, Leaf(Name, root));
        Assert.NotNull(await certificates.FindAsync(Url, Ct));
    }

    [Fact]
    public async Task Made_up_names_push_out_no_genuine_one_and_wait_in_no_long_line()
    {
        answers.Pem = Leaf(Name, root);
        using var certificates = Certificates();
        Assert.NotNull(await certificates.FindAsync(Url, Ct));
        answers.Pem = null;
        for (var i = 0; i < 300; i++)
            Assert.Null(await certificates.FindAsync(new($"{Url}-{i}"), Ct));
        Assert.Equal(301, answers.Asked);
        Assert.NotNull(await certificates.FindAsync(Url, Ct));
        Assert.Null(await certificates.FindAsync(new($"{Url}-299"), Ct));
        Assert.Equal(301, answers.Asked);

        var gate = new TaskCompletionSource();
        answers.Gate = gate.Task;
        var all = Enumerable.Range(1_000, 20).Select(i => certificates.FindAsync(new($"{Url}-{i}"), Ct)).ToList();
        Assert.Equal(12, all.Count(t => t.IsFaulted));
        Assert.NotNull(await certificates.FindAsync(Url, Ct));
        gate.SetResult();
        await Task.WhenAll(all.Where(t => !t.IsFaulted));
        await Assert.ThrowsAsync<HttpRequestException>(() => all.First(t => t.IsFaulted));
        Assert.Null(await certificates.FindAsync(new($"{Url}-1019"), Ct)); // there is room again
    }

    [Fact]
    public async Task Many_webhooks_at_once_after_a_start_wait_for_one_answer_and_none_is_sent_away()
    {
        var gate = new TaskCompletionSource();
        (answers.Pem, answers.Gate) = (Leaf(Name, root), gate.Task);
        using var certificates = Certificates();
        using var away = new CancellationTokenSource();
        var first = certificates.FindAsync(Url, away.Token);
        var others = Enumerable.Range(0, 100).Select(_ => certificates.FindAsync(Url, Ct)).ToList();
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.All(await Task.WhenAll(others), Assert.NotNull);
        Assert.Equal(1, answers.Asked);
    }

    [Theory]
    [InlineData("https://api.paypal.com/v1/notifications/certs/CERT-1", true)]
    [InlineData("https://api-m.sandbox.paypal.com/v1/notifications/certs/CERT-1", true)]
    [InlineData("http://api.paypal.com/v1/notifications/certs/CERT-1", false)]
    [InlineData("https://api.paypal.com:8443/v1/notifications/certs/CERT-1", false)]
    [InlineData("https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1", false)]
    [InlineData("https://x@api.paypal.com/v1/notifications/certs/CERT-1", false)]
    [InlineData("https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1", false)]
    [InlineData("https://api.paypal.com/v1/notifications/certs/", false)]
    [InlineData("https://api.paypal.com/v1/notifications/certs/../../x", false)]
    [InlineData("https://api.paypal.com/v1/notifications/certs/a/b", false)]
    [InlineData("https://api.paypal.com/v1/notifications/certs/CERT-1?x=1", false)]
    [InlineData("https://api.paypal.com/v1/notifications/certs/CERT-1#x", false)]
    [InlineData("https://api.paypal.com/v1/notifications/certs/%2e%2e", false)]
    [InlineData("https://paypal.com/v1/notifications/certs/CERT-1", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Only_their_own_address_is_asked(string url, bool isAsked) =>
        Assert.Equal(isAsked, new PaypalWebhooks().CertificateOf(new("", name => name == "PAYPAL-CERT-URL" ? url : null, default)) is not null);

    public void Dispose()
    {
        root.Dispose();
        answers.Dispose();
    }

    private PaypalCertificates Certificates() => new(new CertificateFetcher(answers, [root]), clock);

    private static X509Certificate2 Root(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private static string Leaf(string name, X509Certificate2 issuer, int days = 300)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.Create(issuer, new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero).AddDays(days), RandomNumberGenerator.GetBytes(8));
        return made.ExportCertificatePem() + "\n" + issuer.ExportCertificatePem();
    }

    private sealed class Answers : HttpMessageHandler
    {
        public string? Pem { get; set; }

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public int Asked { get; private set; }

        public Task Gate { get; set; } = Task.CompletedTask;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            await Gate;
            return new(Pem is null && Status is HttpStatusCode.OK ? HttpStatusCode.NotFound : Status) { Content = new StringContent(Pem ?? "") };
        }
    }
}
