namespace Portal.Core.Domains.People;

/// <summary>What an import does, or would do when it is only tried.</summary>
public sealed record ImportReport(bool IsDryRun, int New, int Skipped, int Wrong, IReadOnlyList<ImportLine> Lines)
{
    internal static ImportReport Of(bool isDryRun, IReadOnlyList<ImportLine> lines) => new(
        isDryRun, lines.Count(l => l.Verdict is ImportVerdict.New), lines.Count(l => l.Verdict is ImportVerdict.Skipped), lines.Count(l => l.Verdict is ImportVerdict.Wrong), lines);
}

/// <summary>What becomes of one row, and why it is not taken. Row is the number that a spreadsheet shows.</summary>
public sealed record ImportLine(int Row, string Name, string OwnerEmail, ImportVerdict Verdict, string? Field = null, string? Reason = null);

public enum ImportVerdict
{
    New,

    /// <summary>It is here already.</summary>
    Skipped,
    Wrong,
}
