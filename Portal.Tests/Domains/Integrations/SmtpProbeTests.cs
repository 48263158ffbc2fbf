using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public class SmtpProbeTests
{
    [Fact]
    public async Task A_login_that_works_is_tried_without_a_mail()
    {
        await using var server = new MailServer { Offers = ["AUTH PLAIN LOGIN"] };
        var answer = await Probe().TryAsync(Account(server.Port), Ct);
        Assert.True(answer.Works, answer.Words);
        Assert.Empty(server.Mails);
        Assert.Contains(server.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_login_that_is_refused_is_said_without_its_password()
    {
        await using var server = new MailServer { Offers = ["AUTH PLAIN LOGIN"], Answers = step => step is "AUTH" ? "535 5.7.8 not with canary-password" : null };
        var answer = await Probe().TryAsync(Account(server.Port), Ct);
        Assert.False(answer.Works);
        Assert.Contains("refuses our login", answer.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", answer.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_no_answer()
    {
        var server = new MailServer();
        var port = server.Port;
        await server.DisposeAsync();
        await Assert.ThrowsAsync<ProviderUnavailable>(() => Probe().TryAsync(Account(port), Ct));
    }

    private static SmtpProbe Probe() => new(new SmtpOptions { OwnName = "portal.test" });

    private static ProviderAccount Account(int port) =>
        new(Provider.Smtp, false, new($"smtp://localhost:{port}"), null, "canary-password", null, new(new JsonObject { ["user"] = "desk" }), AccountSource.Database, 1);
}
