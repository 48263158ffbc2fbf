using System.Text.Json;

namespace Portal.Benchmarks.Odd;

/// <summary>What came back. A status of 0 is a connection that was closed without a word.</summary>
internal sealed record OddAnswer(int Status, string Head, string Body, bool IsCut, TimeSpan Took)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Who began a body and went quiet is waited for as long as a bad line may need.
    private static readonly TimeSpan PatienceWithSilence = TimeSpan.FromSeconds(8);

    public bool Closes => Status is 0 or 101 || Head.Contains("\nConnection: close", StringComparison.OrdinalIgnoreCase);

    /// <summary>Kestrel refuses what it cannot read as HTTP before anything of ours sees it.</summary>
    private bool IsOfServer => !Head.Contains("\nX-Content-Type-Options:", StringComparison.OrdinalIgnoreCase);

    /// <returns>What is wrong with it, or null.</returns>
    public string? Judge(OddRequest request)
    {
        if (IsCut && !request.IsRough)
            return FormattableString.Invariant($"{Status}, then the connection was closed");
        if (Took > (Status is 408 ? PatienceWithSilence : Patience))
            return FormattableString.Invariant($"took {Took.TotalSeconds:0.0} s");
        if (Status >= 500 && !ShowsAnError(request.Path) && !(Status == 505 && IsOfServer))
            return FormattableString.Invariant($"{Status}: {Cause()}");
        return Status >= 400 && request is { IsApi: true, Method: not "HEAD" } && !IsOfServer && !IsProblem() ? FormattableString.Invariant($"{Status} is no problem+json with a code: {Head}") : null;
    }

    // In Development it stands on the page.
    private string Cause() => string.Join(' ', Body[Math.Max(0, Body.IndexOf("Exception:", StringComparison.Ordinal) - 60)..].Split('\n').Take(4).Select(line => line.Trim()));

    // The pages that say that something went wrong say so in their status too.
    private static bool ShowsAnError(string path) => path.StartsWith("/error", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/problem", StringComparison.OrdinalIgnoreCase);

    private bool IsProblem()
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            return Head.Contains("application/problem+json", StringComparison.OrdinalIgnoreCase) && json.RootElement.GetProperty("code").GetString() is { Length: > 0 };
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
