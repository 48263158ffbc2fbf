using System.Globalization;

namespace Portal.Core.Foundation;

/// <summary>What a run did, in words for the admin. Without a count of anything it is no news.</summary>
/// <param name="Count">How much it did.</param>
/// <param name="Words">What that was.</param>
/// <param name="Unit">What is counted, where that is one kind of thing: then the runs of a few minutes are told as one.</param>
public sealed record JobResult(long Count, string Words, string? Unit = null)
{
    public static JobResult Of(long count, string unit) => new(count, Say(count, unit), unit);

    internal static string Say(long count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{unit}: {count}");
}

/// <summary>A job and how often it looks for work, as the schedule says it.</summary>
public sealed record JobPlan(string Name, TimeSpan Every);

/// <summary>One run's right to a job, until its lease ends.</summary>
/// <param name="AskedBy">Who wanted it now; null when it was its time.</param>
public sealed record JobClaim(string Name, string Holder, DateTime BeganAt, string? AskedBy = null);
