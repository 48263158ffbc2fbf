using System.Reflection;
using System.Text.Json;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Architecture;

public class EventsAreHeard
{
    public static TheoryData<string> Events => [.. EventTypes.Names];

    /// <summary>One of each kind that a client's own people can read of.</summary>
    internal static IEnumerable<DomainEvent> ReachClients => EventTypes.All.Select(t => (DomainEvent)Made(t)).Where(e => e.OfClient is not null);

    [Fact]
    public void There_are_events_and_each_has_a_name_of_its_own()
    {
        var types = typeof(DomainEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DomainEvent)) && !t.IsAbstract).ToList();
        Assert.NotEmpty(types);
        Assert.Equal(types.Count, types.Select(EventTypes.Name).Distinct().Count());
        Assert.All(types, t => Assert.True(t.IsSealed, $"{t.Name} is not sealed."));
        Assert.All(types, t => Assert.True(EventTypes.Name(t).Length <= 64));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Somebody_hears_of_it_or_the_silence_is_stated(string name)
    {
        var rules = NotificationRules.All.Where(r => EventTypes.Name(r.Event) == name).ToList();
        Assert.True(rules.Count > 0, $"{name} is in no rule: say who hears of it, or that nobody does.");
        Assert.True(rules.All(r => r.Audience is not Audience.Nobody) || rules.Count == 1, $"{name} is silent and heard.");
        Assert.Equal(rules.Count, rules.Select(r => (r.Audience, r.Template)).Distinct().Count());
        Assert.All(rules, r => Assert.Equal(r.Audience is Audience.Nobody, r.Channels is Channels.None));
        Assert.All(rules, r => Assert.Equal(r.Audience is Audience.Nobody, r.Type is null));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void It_is_read_as_it_was_written(string name)
    {
        var type = EventTypes.All.Single(t => EventTypes.Name(t) == name);
        var written = Made(type);
        var json = JsonSerializer.Serialize(written, type, EventTypes.Json);
        Assert.Equal(written, EventTypes.Read(name, json));
        Assert.DoesNotContain("\"about\"", json, StringComparison.Ordinal);
        Assert.NotEmpty(((DomainEvent)written).About.Kind);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void It_holds_no_secret(string name) => Assert.DoesNotContain(
        EventTypes.All.Single(t => EventTypes.Name(t) == name).GetProperties().Select(p => p.Name),
        p => new[] { "Password", "Secret", "Token", "Code" }.Any(word => p.Contains(word, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public async Task Every_rule_has_its_words_and_its_mail_and_both_lead_to_the_exact_item()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var db = house.Open();
        var person = new PortalUser { FullName = "Rudo", Role = Role.Client, CreatedAt = DateTime.UnixEpoch };
        var samples = NotificationTypes.All.Select(type => (new NotificationRule(typeof(SampleRaised), Audience.ThatPerson, type.Key, type.Channels, type), (DomainEvent)new SampleRaised(1, type.Key)));
        foreach (var (rule, happened) in NotificationRules.All.Where(r => r.Audience is not Audience.Nobody).Select(r => (r, (DomainEvent)Made(r.Event))).Concat(samples))
        {
            var words = NotificationWords.For(rule, happened, person);
            Assert.NotEmpty(words.Title);
            Assert.NotEmpty(words.Text);
            Assert.StartsWith("/dashboard/", words.Link, StringComparison.Ordinal);
            var mail = await house.Mails.ComposeAsync(db, NotificationMails.TemplateOf(rule), Addressee.Of(person), NotificationMails.Values(rule, happened, house.Clock.Now(), person), ct: Ct);
            Assert.NotEmpty(mail.Subject);
            Assert.Contains("Hello Rudo,", mail.Text, StringComparison.Ordinal);
            Assert.Contains($"\n    http://localhost:5080{words.Link}\n", mail.Text, StringComparison.Ordinal);
            Assert.Contains($"href=\"http://localhost:5080{words.Link}\"", mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", mail.Subject + mail.Text + mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("}}", mail.Subject + mail.Text, StringComparison.Ordinal);
        }
    }

    private static object Made(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public).Single();
        return constructor.Invoke([.. constructor.GetParameters().Select((p, i) => Value(p.ParameterType, i))]);
    }

    private static object? Value(Type type, int index) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => $"text \"{index}\" ü",
        var t when t == typeof(long) => 70_000_000_000L + index,
        var t when t == typeof(int) => 7 + index,
        var t when t == typeof(bool) => true,
        var t when t == typeof(DateTime) => new DateTime(2026, 11, 21, 10, 0, index, DateTimeKind.Utc),
        var t when t == typeof(DateOnly) => new DateOnly(2026, 11, 21),
        var t when t == typeof(Money) => new Money(3640 + index, Currency.Usd),
        { IsEnum: true } t => Enum.GetValues(t).GetValue(Enum.GetValues(t).Length - 1),
        var t => throw new NotSupportedException($"Say here how a {t.Name} of an event is made."),
    };
}
