namespace Portal.Core.Foundation;

/// <summary>A row that waits for something to be done about it once: tried when due, put off when that fails, given up in the end.</summary>
public abstract class QueuedRow
{
    private const int LongestTrouble = 400;

    public long Id { get; init; }

    public DateTime? DoneAt { get; protected set; }

    public int Tries { get; protected set; }

    /// <summary>When it is due; null once it is done or given up.</summary>
    public DateTime? NextTryAt { get; protected set; }

    public string? Trouble { get; protected set; }

    public bool IsGivenUp => DoneAt is null && NextTryAt is null;

    protected abstract int MostTries { get; }

    public virtual void Done(DateTime now) => (DoneAt, NextTryAt, Trouble) = (now, null, null);

    public virtual void Failed(string trouble, DateTime now)
    {
        Tries++;
        TryLater(trouble, now + BackOff.After(Tries));
        if (Tries >= MostTries)
            NextTryAt = null;
    }

    /// <summary>Put off as often as it takes: that alone costs no try.</summary>
    protected void TryLater(string trouble, DateTime due) => (Trouble, NextTryAt) = (trouble.Length > LongestTrouble ? trouble[..LongestTrouble] : trouble, due);
}
