using System.Text.RegularExpressions;
using Portal.Core.Domains.People;

namespace Portal.Tests.Architecture;

/// <summary>What the pages for those who run the portal name is what the program has.</summary>
public partial class OperationsSay
{
    private static readonly string Source = string.Concat(new[] { "Portal", "Portal.Core" }.SelectMany(p => Repository.Sources(p, ".cs")).Select(File.ReadAllText));

    private static readonly string Metrics = Read("Portal", "Startup", "Prometheus.cs");

    private static readonly HashSet<string> Bound =
    [
        .. typeof(PortalOptions).GetProperties().Select(p => $"Portal:{p.Name}"),
        .. typeof(FirstAdminOptions).GetProperties().Select(p => $"Portal:FirstAdmin:{p.Name}"),
    ];

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/operations.md")]
    [InlineData("docs/security.md")]
    public void Every_setting_they_name_is_read_somewhere(string page)
    {
        var named = Setting().Matches(Read(page)).Select(m => m.Value.Replace("__", ":", StringComparison.Ordinal)).Select(s => Numbered().Replace(s, "")).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, s => Assert.True(Bound.Contains(s) || Source.Contains($"\"{s}\"", StringComparison.Ordinal) || s is "ConnectionStrings:Portal", s));
    }

    [Fact]
    public void Every_setting_of_ours_is_in_the_readme()
    {
        var readme = Read("README.md");
        Assert.All(Bound, s => Assert.Contains($"`{s}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_metric_is_on_the_page_and_nothing_else_is()
    {
        var page = Read("docs", "operations.md");
        var (ours, named) = (Metric().Matches(Metrics).Select(m => m.Groups[1].Value).ToHashSet(), NamedMetric().Matches(page).Select(m => m.Groups[1].Value).ToHashSet());
        Assert.All(ours, m => Assert.True(named.Contains(m) || m.StartsWith("process_", StringComparison.Ordinal) || m.StartsWith("dotnet_", StringComparison.Ordinal), m));
        Assert.All(named, m => Assert.True(ours.Contains(m) || ours.Contains(m.Replace("_count", "", StringComparison.Ordinal)), m));
    }

    [Fact]
    public void Every_line_to_wake_up_for_is_one_that_is_logged()
    {
        var lines = LogLine().Matches(Read("docs", "operations.md")).Select(m => m.Groups[1].Value).ToList();
        Assert.InRange(lines.Count, 5, 20);
        Assert.All(lines, line => Assert.Contains($"\"{line}\"", Source, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/operations.md")]
    public void Every_script_and_check_they_name_is_there(string page)
    {
        var text = Read(page);
        Assert.All(Script().Matches(text).Select(m => m.Value), s => Assert.True(File.Exists(Path.Combine(Repository.Root, s)), s));
        Assert.All(TestFile().Matches(text).Select(m => m.Groups[1].Value), t => Assert.Contains(Repository.Sources("Portal.Tests", ".cs"), f => Path.GetFileName(f) == t));
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path]));

    [GeneratedRegex(@"\b(?:Portal|Database|ConnectionStrings|Bench)(?:(?::|__)[A-Z][A-Za-z]+)+(?:__\d)?")]
    private static partial Regex Setting();

    [GeneratedRegex(@":\d+$")]
    private static partial Regex Numbered();

    [GeneratedRegex("\"((?:portal|http|process|dotnet)_[a-z_]+)\"")]
    private static partial Regex Metric();

    [GeneratedRegex(@"`((?:portal|http|process|dotnet)_[a-z_]*[a-z])\b(?!/)[`{]")]
    private static partial Regex NamedMetric();

    [GeneratedRegex(@"^\| `((?!GET )[A-Z{][^`]* [^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex LogLine();

    [GeneratedRegex(@"\beng/[a-z-]+\.sh\b")]
    private static partial Regex Script();

    [GeneratedRegex(@"\b([A-Z][A-Za-z]+(?:Tests|Table|Commands|Model|Say|Database)\.cs)\b")]
    private static partial Regex TestFile();
}
