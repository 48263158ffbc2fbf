using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.Integrations;

/// <summary>One secret of a configuration, sealed. What is shown of it is kept beside it, so that showing opens nothing.</summary>
public sealed class ApiSecret
{
    private const int LongEnoughToShow = 12;
    private const int Shown = 4;

    public long Id { get; init; }

    public long ConfigurationId { get; init; }

    /// <summary>api_key, api_secret, access_token, or a setting of config_data.</summary>
    public required string Field { get; init; }

    public required string Sealed { get; set; }

    /// <summary>Which key it is sealed with. Two that seal it anew at once do it once.</summary>
    public required long KeyId { get; set; }

    public required string Fingerprint { get; init; }

    /// <summary>None of a short one: that would be half of it.</summary>
    public string? LastFour { get; init; }

    public required DateTime SetAt { get; init; }

    public DateTime? ReplacedAt { get; private set; }

    public static ApiSecret Of(ApiConfiguration config, string field, string plain, SecretBox box, DateTime now)
    {
        var made = box.Seal(plain, Purpose(config.Mark, field));
        return new()
        {
            Field = field,
            Sealed = made,
            KeyId = SecretBox.KeyOf(made),
            Fingerprint = box.Fingerprint(plain),
            LastFour = plain.Length >= LongEnoughToShow && !plain.Contains('\n', StringComparison.Ordinal) ? plain[^Shown..] : null,
            SetAt = now,
        };
    }

    public static string Purpose(string mark, string field) => $"api-secret {mark} {field}";

    public void Replace(DateTime now) => ReplacedAt ??= now;
}

internal sealed class ApiSecretTable : IEntityTypeConfiguration<ApiSecret>
{
    public void Configure(EntityTypeBuilder<ApiSecret> builder)
    {
        builder.ToTable("ApiSecrets");
        builder.Property(s => s.Field).HasMaxLength(64);
        builder.Property(s => s.Sealed).HasMaxLength(-1);
        builder.Property(s => s.Fingerprint).HasMaxLength(16);
        builder.Property(s => s.LastFour).HasMaxLength(4);
        builder.Property(s => s.KeyId).IsConcurrencyToken();
        builder.HasIndex(s => new { s.ConfigurationId, s.Field, s.ReplacedAt });
        builder.HasIndex(s => new { s.KeyId, s.Id });
        builder.HasIndex(s => s.ReplacedAt);
    }
}
