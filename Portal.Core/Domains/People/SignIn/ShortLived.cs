namespace Portal.Core.Domains.People;

/// <summary>Shown once to come in: good for ten minutes and a handful of tries.</summary>
public abstract class ShortLived
{
    public const int MostTries = 5;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public required DateTime ExpiresAt { get; init; }

    public int Tries { get; private set; }

    public DateTime? UsedAt { get; private set; }

    public bool IsGood(DateTime now) => UsedAt is null && now < ExpiresAt && Tries < MostTries;

    public void Tried() => Tries++;

    public void Use(DateTime now) => UsedAt = now;
}
