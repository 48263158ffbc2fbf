namespace Portal.Core.Foundation;

/// <summary>A person may reach a client, at a level, for one service or all. The fence reads these rows.</summary>
public sealed class Access
{
    public long Id { get; init; }

    public required long UserId { get; init; }

    public required long ClientId { get; init; }

    /// <summary>Null: every service.</summary>
    public Service? Service { get; init; }

    public required AccessLevel Level { get; set; }
}
