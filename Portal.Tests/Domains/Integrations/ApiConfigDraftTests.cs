using Portal.Components.Admin.Integrations;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public sealed class ApiConfigDraftTests
{
    // Another address than before asks for the password again.
    [Theory]
    [InlineData("smtp://mail.example.com")]
    [InlineData("smtp://mail.example.com:587")]
    [InlineData("smtp://mail.example.com:2525")]
    [InlineData("smtps://mail.example.com")]
    [InlineData("smtps://mail.example.com:465")]
    public void A_mail_server_that_nobody_changes_stays_at_its_address(string url) => Assert.Equal(url, Draft(url).Input().ApiUrl);

    [Fact]
    public void Its_usual_port_goes_with_how_it_is_encrypted()
    {
        var draft = Draft("smtp://mail.example.com:587");
        Assert.Null(draft.Port);

        draft.IsTlsAtOnce = true;

        Assert.Equal("smtps://mail.example.com:465", draft.Input().ApiUrl);
    }

    private static ApiConfigDraft Draft(string url) => new(ProviderForms.Of(Provider.Smtp), new(
        1, Provider.Smtp, "Mail", url, [], new(false), new(true), new(false), true, false, ApiConfigStatus.Ok, null, null, null, null, DateTime.UnixEpoch, DateTime.UnixEpoch, 1));
}
