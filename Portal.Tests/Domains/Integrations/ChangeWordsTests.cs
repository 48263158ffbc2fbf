using Portal.Components.Admin.Integrations;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public sealed class ChangeWordsTests
{
    [Theory]
    [InlineData(Provider.Stripe, "is_sandbox: false → true", "Test environment: no → yes")]
    [InlineData(Provider.Stripe, "name: Old: one → New", "Name: Old: one → New")]
    [InlineData(Provider.Stripe, "api_key: replaced", "Secret key: replaced")]
    [InlineData(Provider.Paypal, "webhook_id: WH-77", "Webhook ID: WH-77")]
    [InlineData(Provider.Paypal, "of_our_own: set", "of_our_own: set")]
    public void The_history_reads_as_the_form_does(Provider provider, string line, string words) =>
        Assert.Equal([words], ChangeWords.Of(ProviderForms.Of(provider), Change("api_config_changed", line)));

    [Theory]
    [InlineData("api_config_tested", "true", "It works.")]
    [InlineData("api_config_tested", "false", "It does not work.")]
    [InlineData("api_config_broke", "Stripe: no such key", "Stripe: no such key")]
    public void And_what_was_found_in_a_sentence(string what, string data, string words) =>
        Assert.Equal([words], ChangeWords.Of(ProviderForms.Of(Provider.Stripe), Change(what, data)));

    private static ApiConfigChange Change(string what, string changes) => new(1, DateTime.UnixEpoch, what, "Ann", 1, changes);
}
