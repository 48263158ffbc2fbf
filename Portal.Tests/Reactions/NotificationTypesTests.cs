using Microsoft.Extensions.DependencyInjection;
using Portal.Components.Ui;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Reactions;

/// <summary>The table of all that the portal tells of is complete.</summary>
public class NotificationTypesTests
{
    private static readonly string[] Named =
    [
        "payment_confirmed", "invoice_created", "invoice_reminder", "invoice_overdue", "message_received", "task_assigned", "task_completed", "content_approved",
        "content_rejected", "content_posted", "website_phase_completed", "website_demo_ready", "course_enrolled", "course_completed", "subscription_activated",
        "subscription_renewal_reminder", "payment_due", "performance_update", "task_overdue", "subscription_cancelled",
    ];

    private static readonly string[] Tones = ["neutral", "info", "success", "warning", "danger", "purple", "orange", "teal", "pink"];

    public static TheoryData<string> Keys => [.. NotificationTypes.All.Select(t => t.Key)];

    [Fact]
    public void There_are_twenty_six_and_all_that_were_promised_are_among_them()
    {
        Assert.Equal(26, NotificationTypes.All.Select(t => t.Key).Distinct().Count());
        Assert.Empty(Named.Except(NotificationTypes.All.Select(t => t.Key)));
        Assert.Equal(
            [("content_approved", "success"), ("message_received", "purple"), ("payment_due", "danger"), ("performance_update", "orange"), ("task_assigned", "info")],
            NotificationTypes.All.Where(t => t.Key is "task_assigned" or "payment_due" or "content_approved" or "message_received" or "performance_update").Select(t => (t.Key, t.Tone)).Order());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Each_has_words_a_look_a_channel_and_facts_to_show_it_by(string key)
    {
        var type = NotificationTypes.Of(key);
        var (title, text) = type.Says(NotificationTypes.Samples);
        Assert.NotEmpty(title);
        Assert.NotEmpty(text);
        Assert.DoesNotContain('{', title + text + type.SaysOf(3, NotificationTypes.Samples));
        Assert.NotEqual(Show.Icon("nothing of this name").Value, Show.Icon(type.Icon).Value);
        Assert.Contains(type.Tone, Tones);
        Assert.True(type.Channels.HasFlag(Channels.InApp));
        Assert.Equal(type.Category is NotificationCategory.Payments or NotificationCategory.Security || key is "account_status", type.IsCritical);
    }

    [Fact]
    public void No_fact_is_kept_that_no_type_has_a_place_for() =>
        Assert.Equal(NotificationTypes.Samples.Keys.Order(), NotificationTypes.All.SelectMany(t => t.Facts).Distinct().Order());

    [Fact]
    public void Every_category_that_is_filtered_by_has_types() => Assert.All(
        Enum.GetValues<NotificationCategory>(), c => Assert.Contains(NotificationTypes.All, t => t.Category == c));

    [Fact]
    public async Task The_demo_people_have_read_some_of_several_days()
    {
        await using var server = new PortalServer();
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        foreach (var email in new[] { PortalServer.Admin, PortalServer.MarketingAgent, PortalServer.AcmeOwner, PortalServer.AcmeViewer, PortalServer.GlobexOwner })
        {
            var inbox = await db.Notifications.Where(n => db.Users.Any(u => u.Id == n.UserId && u.Email == email)).ToListAsync(Ct);
            Assert.Equal(3, inbox.Count(n => n.ReadAt is null));
            Assert.True(inbox.Count(n => n.ReadAt is not null) >= 5);
            Assert.True(inbox.Select(n => DateOnly.FromDateTime(n.At)).Distinct().Count() >= 4);
            Assert.All(inbox, n => Assert.True(NotificationTypes.Find(n.Type)!.Category == n.Category && n.At <= TimeProvider.System.Now()));
        }
    }

    [Fact]
    public async Task In_production_nobody_can_raise_a_sample_and_the_event_is_silent()
    {
        await using var server = new PortalServer { Environment = "Production", Settings = { ["Portal:MasterKey"] = MasterKey.New(), ["seed-demo"] = "true" } };
        var owner = await server.ActorAsync(PortalServer.AcmeOwner);
        Assert.Null(server.Services.GetService<SampleDesk>());
        var before = (await server.Get<NotificationQueries>().UnreadAsync(owner, Ct)).Unread;
        await using (var db = server.Open())
        {
            db.Record(new SampleRaised(owner.UserId, "payment_due"));
            await db.SaveChangesAsync(Ct);
        }

        await server.Get<EventRelay>().RunAsync(Ct);

        Assert.Equal(before, (await server.Get<NotificationQueries>().UnreadAsync(owner, Ct)).Unread);
        using var browser = await server.BrowserAsync(PortalServer.AcmeOwner);
        using var answer = await browser.GetAsync(new Uri("/dev/notifications", UriKind.Relative), Ct);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }
}
