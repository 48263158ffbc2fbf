using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

/// <summary>What can be seen to be no good is not kept: nobody would hear of webhooks that are refused for it.</summary>
public sealed class ProviderFieldChecksTests : IAsyncLifetime
{
    private IntegrationsHouse house = null!;

    public async ValueTask InitializeAsync() => house = await IntegrationsHouse.NewAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData(Provider.Sendgrid, "public_key", "not a key")]
    [InlineData(Provider.Resend, "webhook_secret", "notwhsec")]
    [InlineData(Provider.Resend, "webhook_secret", "whsec_!!notbase64")]
    [InlineData(Provider.Whatsapp, "api_version", "../../evil")]
    [InlineData(Provider.Whatsapp, "phone_number_id", "+263771234567")]
    [InlineData(Provider.Stripe, "api_version", "latest")]
    [InlineData(Provider.Twilio, "from", "more than eleven")]
    [InlineData(Provider.Namecheap, "client_ip", "999.1.1.1")]
    public async Task Settings_that_cannot_work_are_refused_by_name(Provider provider, string field, string value)
    {
        var input = new SaveApiConfig { Provider = provider, Name = "Tried", ApiKey = "k", ApiSecret = "s", AccessToken = "t", ConfigData = new() { ["phone_number_id"] = "106540352242922", ["api_user"] = "u" } };
        input.ConfigData[field] = value;
        Assert.Equal([$"config_data.{field}"], (await Assert.ThrowsAsync<Invalid>(() => house.Service.CreateAsync(house.Admin, input, Ct))).Errors.Keys.Where(k => k.EndsWith(field, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Provider.Twilio, "from", "+263771234567")]
    [InlineData(Provider.Twilio, "from", "MG0123456789abcdef0123456789abcdef")]
    [InlineData(Provider.Twilio, "from", "Portal")]
    [InlineData(Provider.Resend, "webhook_secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData(Provider.Namecheap, "client_ip", "203.0.113.7")]
    public void And_those_that_can_are_not(Provider provider, string field, string value) => Assert.Null(ProviderForms.Of(provider).Find(field)!.Wrong!(value));

    [Fact]
    public async Task Google_wants_one_of_its_ways_in()
    {
        var refused = await Assert.ThrowsAsync<Invalid>(() => house.Service.CreateAsync(house.Admin, new() { Provider = Provider.SearchConsole, Name = "Google", ApiKey = "only-client-id" }, Ct));
        Assert.Equal(["config_data.service_account"], refused.Errors.Keys);
        await house.Service.CreateAsync(house.Admin, new() { Provider = Provider.SearchConsole, Name = "Google", AccessToken = "ya29.token" }, Ct);
    }

    [Theory]
    [InlineData("authorization", true)]
    [InlineData("client_pass", true)]
    [InlineData("pin", true)]
    [InlineData("signature", true)]
    [InlineData("author", false)]
    [InlineData("shipping", false)]
    [InlineData("token_url", false)]
    public void What_sounds_like_a_secret_is_sealed(string name, bool isSecret) => Assert.Equal(isSecret, ProviderForms.Of(Provider.Stripe).IsSecret(name));
}
