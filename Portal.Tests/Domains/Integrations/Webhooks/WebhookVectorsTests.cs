using System.Net;

namespace Portal.Tests.Domains.Integrations.Webhooks;

/// <summary>Every request with a known verdict: at the verifier, and those to our own address through the host.</summary>
public sealed class WebhookVectorsTests
{
    private const int Providers = 6;

    public static TheoryData<string> Posts => [.. WebhookVector.All.Where(v => !v.IsHandshake).Select(v => v.Id)];

    /// <summary>A host holds one secret of each provider: as many hosts as one of them has.</summary>
    public static TheoryData<int> Hosts => [.. Enumerable.Range(0, Secrets.Max(s => s.Count()))];

    private static ILookup<string, string> Secrets => WebhookVector.All.Where(v => v.IsOurs && !v.IsHandshake && v.Secret.Length > 0).Select(v => (v.Provider, v.Secret)).Distinct().ToLookup(v => v.Provider, v => v.Secret);

    [Fact]
    public void There_are_vectors_of_both_verdicts_for_every_provider() =>
        Assert.Equal(Providers * 2, WebhookVector.All.Select(v => (v.Provider, v.IsValid)).Distinct().Count());

    [Theory]
    [MemberData(nameof(Posts))]
    public void The_verifier_says_what_is_known(string id)
    {
        var vector = WebhookVector.All.Single(v => v.Id == id);
        var isGenuine = vector.Source.IsGenuine(vector.Request(), vector.Proof()) && (vector.Certificate is null || vector.Source.CertificateOf(vector.Request()) is not null);
        Assert.Equal(vector.IsValid, isGenuine);
        Assert.True(!isGenuine || vector.Source.IsSigned(vector.Request()));
        Assert.True(!isGenuine || vector.Source.Read(vector.Request()).Count > 0);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task The_running_portal_says_it_too_and_stores_what_is_genuine_only(int number)
    {
        var mine = Secrets.ToDictionary(s => s.Key, s => s.ElementAtOrDefault(number) ?? "none of the vectors");
        await using var host = new WebhookHost(mine);
        foreach (var vector in WebhookVector.All.Where(v => v.IsOurs && !v.IsHandshake && (v.Secret.Length == 0 || v.Secret == mine[v.Provider])))
        {
            host.Clock.Set(vector.Now);
            foreach (var url in vector.Headers.Where(h => h.Key == "PAYPAL-CERT-URL").Select(h => h.Value))
                host.Certificates.Known[url] = vector.Certificate!;
            var (before, asked) = ((await host.StoredAsync()).Count, host.Certificates.Asked.Count);

            var status = await host.SendAsync(Request(vector));

            Assert.Equal((vector.Id, vector.IsValid ? HttpStatusCode.OK : HttpStatusCode.Unauthorized), (vector.Id, status));
            var stored = (await host.StoredAsync()).Count - before;
            Assert.True(vector.IsValid || stored == 0, vector.Id);
            Assert.True(vector.Source.CertificateOf(vector.Request()) is not null || host.Certificates.Asked.Count == asked, $"{vector.Id} had us ask for a certificate.");
        }

        Assert.True(number > 0 || (await host.StoredAsync()).Count > 3);
        Assert.Equal(0, (await host.StoredAsync()).Count(r => r.State is InboxState.Dead));
    }

    [Fact]
    public async Task Metas_handshake_is_answered_in_plain_text_and_only_with_our_token()
    {
        await using var host = new WebhookHost();
        foreach (var vector in WebhookVector.All.Where(v => v.IsHandshake))
        {
            foreach (var root in new[] { "", "/services" })
            {
                using var answer = await host.Http.GetAsync(new Uri(root + new Uri(vector.Url).PathAndQuery, UriKind.Relative), Ct);
                Assert.Equal((vector.Id, vector.Status), (vector.Id, (int)answer.StatusCode));
                if (vector.Answer is not null)
                    Assert.Equal((vector.Answer, "text/plain"), (await answer.Content.ReadAsStringAsync(Ct), answer.Content.Headers.ContentType!.MediaType));
            }
        }
    }

    /// <summary>Each valid one with one bit changed: in 256 places of body and signature, spread over both.</summary>
    [Theory]
    [InlineData("stripe")]
    [InlineData("paypal")]
    [InlineData("twilio")]
    [InlineData("sendgrid")]
    [InlineData("resend")]
    [InlineData("whatsapp")]
    public void One_bit_is_enough_to_be_refused(string provider)
    {
        var vector = WebhookVector.All.First(v => v.Provider == provider && v.IsValid && !v.IsHandshake && v.Body.Length > 4);
        Assert.True(vector.Source.IsGenuine(vector.Request(), vector.Proof()));
        for (var flip = 0; flip < 256; flip++)
        {
            var body = (byte[])vector.Body.Clone();
            var bit = (int)((long)flip * body.Length * 8 / 256);
            body[bit / 8] ^= (byte)(1 << (bit % 8));
            if (!IsSpelling(vector.Body, body))
                Assert.False(vector.Source.IsGenuine(vector.Request(body), vector.Proof()), $"bit {bit} of the body");
        }

        var (name, signature) = vector.Headers.Where(h => h.Key.Contains("sig", StringComparison.OrdinalIgnoreCase)).Select(h => (h.Key, h.Value)).First();
        for (var flip = 0; flip < 256; flip++)
        {
            // Only what is of the signature itself: not its scheme, and not the last letter of base64, of which some bits mean nothing.
            var begin = provider is "stripe" ? signature.IndexOf("v1=", StringComparison.Ordinal) + 3 : provider is "whatsapp" ? 7 : provider is "resend" ? 3 : 0;
            var length = Math.Min(signature.Length - begin, provider is "stripe" ? 64 : int.MaxValue) - 3;
            var changed = signature.ToCharArray();
            changed[begin + (flip * length / 256)] ^= (char)(1 << (flip % 7));
            var headers = new Dictionary<string, string>(vector.Headers) { [name] = new(changed) };
            Assert.False(vector.Source.IsGenuine(vector.Request(headers: headers), vector.Proof()), new string(changed));
        }
    }

    [Fact]
    public void While_a_secret_is_changed_both_hold()
    {
        foreach (var vector in WebhookVector.All.Where(v => v.IsValid && !v.IsHandshake))
        {
            var proof = vector.Proof();
            Assert.True(vector.Source.IsGenuine(vector.Request(), proof with { Secrets = ["another", vector.Secret] }), vector.Id);
            Assert.True(vector.Source.IsGenuine(vector.Request(), proof with { Secrets = [vector.Secret, "another"] }), vector.Id);
            Assert.False(vector.Source.IsGenuine(vector.Request(), proof with { Secrets = ["another"] }), vector.Id);
            Assert.False(vector.Source.IsGenuine(vector.Request(), proof with { Secrets = [] }), vector.Id);
        }
    }

    // Twilio signs what a form says: %2b says what %2B says.
    private static bool IsSpelling(byte[] form, byte[] other) =>
        form[0] is not (byte)'{' and not (byte)'[' && Uri.UnescapeDataString(System.Text.Encoding.Latin1.GetString(form)) == Uri.UnescapeDataString(System.Text.Encoding.Latin1.GetString(other));

    private static HttpRequestMessage Request(WebhookVector vector) => WebhookHost.Post(
        new Uri(vector.Url).PathAndQuery, vector.Body, vector.Headers.GetValueOrDefault("Content-Type", "application/json"), [.. vector.Headers.Where(h => h.Key != "Content-Type").Select(h => (h.Key, h.Value))]);
}
