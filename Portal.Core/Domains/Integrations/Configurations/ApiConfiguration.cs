using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.Integrations;

/// <summary>How a configuration stands with its provider.</summary>
public enum ApiConfigStatus
{
    /// <summary>Nobody has tried it since its credentials were set.</summary>
    Untested,
    Ok,

    /// <summary>It stops working within two weeks.</summary>
    Expiring,

    /// <summary>The provider does not take it.</summary>
    Broken,
}

/// <summary>An account at a provider as an admin set it up. There may be several of each; one of them is active in each environment.</summary>
public sealed class ApiConfiguration
{
    /// <summary>How long before the end the admins are told.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    /// <summary>For how long what was replaced still verifies webhooks: they are sent again for days, but signed anew each time.</summary>
    public static readonly TimeSpan StillVerifies = TimeSpan.FromDays(1);

    private const string Expired = "The credentials have expired.";

    public long Id { get; init; }

    public required Provider Provider { get; init; }

    /// <summary>What its secrets are sealed for, so that none can be put under another configuration.</summary>
    public string Mark { get; init; } = Guid.CreateVersion7().ToString("N");

    public string Name { get; private set; } = "";

    public string SearchName { get; private set; } = "";

    /// <summary>Null: the provider's own.</summary>
    public string? ApiUrl { get; private set; }

    /// <summary>What of its settings anyone may see, as JSON.</summary>
    public string ConfigData { get; private set; } = "{}";

    public bool IsSandbox { get; private set; }

    /// <summary>Provider and environment while it is active. It is unique, so that two never are at once.</summary>
    public string? ActiveAs { get; private set; }

    public bool IsActive => ActiveAs is not null;

    public DateTime? DeactivatedAt { get; private set; }

    public ApiConfigStatus Status { get; private set; }

    /// <summary>What the provider said.</summary>
    public string? StatusWords { get; private set; }

    public DateTime? StatusAt { get; private set; }

    /// <summary>When it was last tried.</summary>
    public DateTime? CheckedAt { get; private set; }

    public DateTime? ExpiresAt { get; private set; }

    public required DateTime CreatedAt { get; init; }

    public DateTime ChangedAt { get; private set; }

    /// <summary>Counts what admins changed. That it was tried is no change: whoever is editing goes on.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>Those that hold, and those replaced lately.</summary>
    public List<ApiSecret> Secrets { get; init; } = [];

    public ProviderForm Form => ProviderForms.Of(Provider);

    /// <summary>The address it is reached at.</summary>
    public string? Url => ApiUrl ?? Form.UrlOf(IsSandbox);

    public JsonObject Data => JsonNode.Parse(ConfigData)!.AsObject();

    /// <summary>What <see cref="ActiveAs"/> is for the one that is used.</summary>
    public static string PlaceOf(Provider provider, bool isSandbox) => $"{Input.Name(provider.ToString())}{(isSandbox ? ":sandbox" : "")}";

    public ApiSecret? SecretOf(string field) => Secrets.SingleOrDefault(s => s.Field == field && s.ReplacedAt is null);

    public void Describe(string name, string? url, bool isSandbox, JsonObject data)
    {
        var hadEnd = Data.ContainsKey(Day.Field);
        (Name, SearchName, ApiUrl, ConfigData, IsSandbox) = (name, Search.Normal(name), url, data.ToJsonString(), isSandbox);
        if (IsActive)
            Activate();
        if (Day.TryRead(data[Day.Field]) is { } day)
            ExpiresAt = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        else if (hadEnd)
            ExpiresAt = null;
    }

    /// <summary>Somebody changed something about it.</summary>
    public void Change(DateTime now) => (Version, ChangedAt) = (Version + 1, now);

    public void Activate() => (ActiveAs, DeactivatedAt) = (PlaceOf(Provider, IsSandbox), null);

    public void Deactivate(DateTime now) => (ActiveAs, DeactivatedAt) = (null, now);

    /// <summary>Another secret takes the place of the last, which still verifies webhooks for a day.</summary>
    public void Replace(string field, ApiSecret? with, DateTime now)
    {
        SecretOf(field)?.Replace(now);
        if (with is not null)
            Secrets.Add(with);
    }

    /// <summary>Something that is no secret, and that webhooks are verified with, gives way to another.</summary>
    public void StillVerifiesWith(string field, string earlier, SecretBox box, DateTime now)
    {
        var kept = ApiSecret.Of(this, field, earlier, box, now);
        kept.Replace(now);
        Secrets.Add(kept);
    }

    /// <summary>With other credentials, or elsewhere, nothing is known of it.</summary>
    public void ForgetStatus(bool forgetsEnd)
    {
        (Status, StatusWords, StatusAt, CheckedAt) = (ApiConfigStatus.Untested, null, null, null);
        if (forgetsEnd)
            ExpiresAt = null;
    }

    /// <summary>How it stands by now: what has ended is broken, also before anybody has noticed.</summary>
    public ApiConfigStatus StatusBy(DateTime now) => StandingBy(Status, ExpiresAt, now);

    /// <summary>What is to be said of that.</summary>
    public static string? WordsBy(ApiConfigStatus status, string? words, DateTime? expiresAt, DateTime now) =>
        status is not ApiConfigStatus.Broken && expiresAt <= now ? Expired : words;

    public static ApiConfigStatus StandingBy(ApiConfigStatus status, DateTime? expiresAt, DateTime now) =>
        status is ApiConfigStatus.Broken || expiresAt <= now ? ApiConfigStatus.Broken
        : expiresAt - Notice <= now ? ApiConfigStatus.Expiring : status;

    /// <summary>Somebody tried it, or used it, or looked into the calendar.</summary>
    /// <param name="works">Null where that is not known.</param>
    /// <returns>Whether it stands otherwise than before.</returns>
    public bool Found(bool? works, string? words, DateTime? expiresAt, DateTime now)
    {
        (CheckedAt, ExpiresAt, StatusWords) = (now, expiresAt ?? ExpiresAt, words ?? StatusWords);
        return Stand(works, now);
    }

    /// <summary>The day on which it ends may be another now, or over.</summary>
    /// <returns>Whether it stands otherwise than before.</returns>
    public bool LookIntoCalendar(DateTime now) => Stand(null, now);

    private bool Stand(bool? works, DateTime now)
    {
        // What the calendar alone said is over with it: whether it works is for the next try.
        var (before, wasByCalendar) = (Status, Status is ApiConfigStatus.Expiring || StatusWords == Expired);
        Status = StandingBy(works switch { false => ApiConfigStatus.Broken, true => ApiConfigStatus.Ok, _ => wasByCalendar ? ApiConfigStatus.Untested : before }, ExpiresAt, now);
        if (works is not false && ExpiresAt <= now)
            StatusWords = Expired;
        else if (StatusWords == Expired || Status is ApiConfigStatus.Untested)
            StatusWords = null;
        if (before == Status)
            return false;
        StatusAt = now;
        return true;
    }
}

/// <summary>The day on which something stops working, as a setting writes it.</summary>
internal static class Day
{
    public const string Field = "expires_on";

    public static DateOnly? TryRead(JsonNode? node) => TryRead(node?.ToString());

    public static DateOnly? TryRead(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
}

internal sealed class ApiConfigurationTable : IEntityTypeConfiguration<ApiConfiguration>
{
    public void Configure(EntityTypeBuilder<ApiConfiguration> builder)
    {
        builder.ToTable("ApiConfigurations");
        builder.Property(c => c.Mark).HasMaxLength(32);
        builder.Property(c => c.Name).HasMaxLength(100);
        builder.Property(c => c.SearchName).HasMaxLength(100);
        builder.Property(c => c.ConfigData).HasMaxLength(-1);
        builder.Property(c => c.ActiveAs).HasMaxLength(64);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Property(c => c.Status).IsConcurrencyToken(); // who notices second that it broke tells nobody
        builder.HasMany(c => c.Secrets).WithOne().HasForeignKey(s => s.ConfigurationId);
        builder.HasIndex(c => c.ActiveAs).IsUnique();
        builder.HasIndex(c => c.SearchName).IsUnique(); // what tells them apart
        builder.HasIndex(c => new { c.SearchName, c.Id });
        builder.HasIndex(c => new { c.Provider, c.Id });
    }
}
