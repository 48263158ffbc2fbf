using System.Net;
using System.Net.Http.Json;

namespace Portal.Tests.Api;

/// <summary>What people do not write and programs do.</summary>
public sealed class OddInputTests(PortalServer server) : IClassFixture<PortalServer>
{
    [Theory]
    [InlineData("Rudo\r\nBcc: someone@example.com")]
    [InlineData("Rudo\n\nYour account is suspended.")]
    [InlineData("Rudo\0")]
    [InlineData("\u200b")]
    [InlineData("\ufffe")]
    [InlineData("   ")]
    public async Task A_name_is_one_line_that_can_be_read(string name)
    {
        using var client = await server.SignedInAsync(PortalServer.AcmeOwner);

        using var answer = await client.PatchAsJsonAsync("/api/auth/me", new { full_name = name }, Ct);

        var problem = await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.True(problem.GetProperty("errors").TryGetProperty("full_name", out _));
    }

    [Theory]
    [InlineData("नेहा शर्मा")]
    [InlineData("O’Brien-Ñandú, Ph.D.")]
    [InlineData("مریم\u200cسادات")] // a joiner inside a name is part of it
    public async Task Names_of_all_scripts_are_names(string name)
    {
        using var client = await server.SignedInAsync(PortalServer.AcmeViewer);

        using var answer = await client.PatchAsJsonAsync("/api/auth/me", new { full_name = name }, Ct);

        Assert.Equal(name, (await answer.JsonAsync()).Text("full_name"));
    }

    [Theory]
    [InlineData("/api/team?q=%EF%BF%BE")]
    [InlineData("/api/team?q=%00")]
    public async Task A_search_for_what_is_no_character_breaks_nothing(string path)
    {
        using var client = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
    }

    [Theory]
    [InlineData("type=nope")]
    [InlineData("zone=nope")]
    [InlineData("subject_id=1")]
    public async Task An_export_is_refused_before_its_first_row(string query)
    {
        using var client = await server.SignedInAsync(PortalServer.Admin);
        using var answer = await client.GetAsync(new Uri($"/api/audit/export?{query}", UriKind.Relative), Ct);
        await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
    }

    [Theory]
    [InlineData("/dashboard/admin?days=abc")]
    [InlineData("/dashboard/admin/clients/1?tab=activity&page=abc")]
    [InlineData("/dashboard/admin/clients?status=zzz&agent=abc&page=x")]
    public async Task A_mistyped_address_is_still_a_page(string path)
    {
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Who_changes_another_field_at_the_same_time_loses_nothing()
    {
        using var client = await server.SignedInAsync(PortalServer.GlobexOwner);
        for (var i = 0; i < 10; i++)
        {
            var (zone, mobile) = (i % 2 == 0 ? "Asia/Kolkata" : "Europe/London", $"+9198450000{i:00}");
            var answers = await Task.WhenAll(
                client.PatchAsJsonAsync("/api/auth/me", new { zone }, Ct),
                client.PatchAsJsonAsync("/api/auth/me", new { mobile }, Ct));
            Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));

            using var now = await client.PatchAsJsonAsync("/api/auth/me", new { }, Ct);
            var me = await now.JsonAsync();
            Assert.Equal((zone, mobile), (me.Text("zone"), me.Text("mobile")));
        }
    }
}
