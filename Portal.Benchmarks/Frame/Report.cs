namespace Portal.Benchmarks.Frame;

/// <summary>Prints as it goes and counts what was met.</summary>
internal sealed class Report(TextWriter output)
{
    private int passed;
    private int failed;

    public void Line(FormattableString text) => Line(FormattableString.Invariant(text));

    public void Line(string text) => output.WriteLine(text);

    public void Judge(Goal goal, Spread measured)
    {
        _ = goal.IsMetBy(measured) ? passed++ : failed++;
        Line(goal.Describe(measured));
    }

    public void Fail(string what, string why)
    {
        failed++;
        Line($"FAIL  {what}: {why}");
    }

    /// <returns>The process's exit code.</returns>
    public int Close()
    {
        Line($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
