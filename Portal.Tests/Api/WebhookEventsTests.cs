using System.Net;

namespace Portal.Tests.Api;

/// <summary>What admins see of webhooks, on the demo's.</summary>
public sealed class WebhookEventsTests(PortalServer server) : IClassFixture<PortalServer>
{
    private const string Root = "/api/integrations/webhook-events";

    [Theory]
    [InlineData("?provider=stripe", "evt_demo_1")]
    [InlineData("?state=kept", "evt_demo_1")]
    [InlineData("?q=wamid", "wamid.demo1:delivered")]
    [InlineData("?provider=twilio&state=dead", "SMdemo1:failed")]
    [InlineData("?provider=stripe&state=dead", null)]
    public async Task They_are_found_by_provider_state_and_the_beginning_of_their_id(string filter, string? id)
    {
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        var items = (await admin.JsonAsync(Root + filter)).GetProperty("items").EnumerateArray().Select(i => i.Text("event_id")).ToList();
        Assert.Equal(id is null ? [] : [id], items);
    }

    [Fact]
    public async Task One_shows_what_it_said_without_what_is_secret_or_personal()
    {
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        var one = (await admin.JsonAsync($"{Root}?q=evt_demo_1")).GetProperty("items")[0];
        var seen = await admin.JsonAsync($"{Root}/{one.GetProperty("id")}");
        var payload = seen.Text("payload");
        Assert.Contains("\"amount\": 48000", payload, StringComparison.Ordinal);
        Assert.DoesNotContain("acme", payload, StringComparison.Ordinal);
        Assert.DoesNotContain("pi_demo_1_secret", payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_given_up_is_run_again_once_and_waits_then()
    {
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        var one = (await admin.JsonAsync($"{Root}?q=wamid.demo1")).GetProperty("items")[0].GetProperty("id");
        using var done = await admin.PostAsync($"{Root}/{one}/run-again");
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        using var again = await admin.PostAsync($"{Root}/{one}/run-again");
        await again.RefusedAsync(HttpStatusCode.Conflict, "webhook_waiting");

        await server.Get<InboxPump>().RunAsync(Ct);
        Assert.Equal("handled", (await admin.JsonAsync($"{Root}/{one}")).GetProperty("event").Text("state"));
    }

    [Fact]
    public async Task They_are_nobodys_business_but_the_admins()
    {
        using var owner = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var answer = await owner.GetAsync(new Uri(Root, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var missing = await admin.GetAsync(new Uri($"{Root}/987654321", UriKind.Relative), Ct);
        await missing.RefusedAsync(HttpStatusCode.NotFound, "not_found");
    }
}
