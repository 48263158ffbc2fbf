using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public class ProviderClientsTests(PortalServer server) : IClassFixture<PortalServer>
{
    [Fact]
    public void Each_provider_can_be_tried_by_exactly_one_client() =>
        Assert.Equal(Enum.GetValues<Provider>(), server.Get<IEnumerable<IProviderProbe>>().Select(p => p.Provider).Order());

    [Fact]
    public async Task Without_any_credentials_the_portal_starts_and_says_what_is_not_configured()
    {
        using var client = server.CreateClient();
        Assert.True((await client.GetAsync(new Uri("/health/live", UriKind.Relative), Ct)).IsSuccessStatusCode);
        var no = await Assert.ThrowsAsync<RuleBroken>(() => server.Get<ProviderAccounts>().GetAsync(Provider.Paypal, sandbox: false, Ct).AsTask());
        Assert.Equal("provider_not_configured", no.Code);
        Assert.Contains("PayPal", no.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_reaches_nobody_outside()
    {
        var account = new ProviderAccount(Provider.Resend, true, new("https://api.resend.com"), "key", null, null, new([]), AccountSource.Environment, null);
        var error = await Assert.ThrowsAsync<ProviderUnavailable>(() => server.Get<ResendClient>().TryAsync(account, Ct));
        Assert.Contains("stay on this machine", error.InnerException!.Message, StringComparison.Ordinal);
    }
}
