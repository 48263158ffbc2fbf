using System.Text.RegularExpressions;

namespace Portal.Tests.Architecture;

/// <summary>docs/security.md says of every requirement of ASVS 5.0.0, levels 1 and 2, how it stands, and what it names is there.</summary>
public partial class SecurityTable
{
    private const string Level1 = """
        1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1
        2.1.1 2.2.1 2.2.2 2.3.1
        3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3
        4.1.1 4.4.1
        5.2.1 5.2.2 5.3.1 5.3.2
        6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2
        7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2
        8.1.1 8.2.1 8.2.2 8.3.1
        9.1.1 9.1.2 9.1.3 9.2.1
        10.4.1 10.4.2 10.4.3 10.4.4 10.4.5
        11.3.1 11.3.2 11.4.1
        12.1.1 12.2.1 12.2.2
        13.4.1
        14.2.1 14.3.1
        15.1.1 15.2.1 15.3.1
        """;

    private const string Level2 = """
        1.1.1 1.1.2 1.2.6 1.2.7 1.2.8 1.2.9 1.3.3 1.3.4 1.3.5 1.3.6 1.3.7 1.3.8 1.3.9 1.3.10 1.3.11 1.4.1 1.4.2 1.4.3 1.5.2
        2.1.2 2.1.3 2.2.3 2.3.2 2.3.3 2.3.4 2.4.1
        3.3.2 3.3.3 3.3.4 3.4.3 3.4.4 3.4.5 3.4.6 3.5.4 3.5.5 3.7.1 3.7.2
        4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.2 4.4.3 4.4.4
        5.1.1 5.2.3 5.4.1 5.4.2 5.4.3
        6.1.2 6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 6.8.1 6.8.2 6.8.3 6.8.4
        7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2
        8.1.2 8.2.3 8.4.1
        9.2.2 9.2.3 9.2.4
        10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4 10.4.6 10.4.7 10.4.8 10.4.9 10.4.10 10.4.11 10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2 10.7.3
        11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.3 11.4.2 11.4.3 11.4.4 11.5.1 11.6.1
        12.1.2 12.1.3 12.3.1 12.3.2 12.3.3 12.3.4
        13.1.1 13.2.1 13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2 13.4.2 13.4.3 13.4.4 13.4.5
        14.1.1 14.1.2 14.2.2 14.2.3 14.2.4 14.3.2 14.3.3
        15.1.2 15.1.3 15.2.2 15.2.3 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7
        16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3
        17.1.1 17.2.1 17.2.2 17.2.3 17.2.4 17.3.1 17.3.2
        """;

    private static readonly string[] Kinds = ["test", "code", "reason", "n/a", "open"];

    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    private static readonly List<Line> Lines = [.. Row().Matches(Document).Select(m => new Line(m.Groups[1].Value, int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), m.Groups[3].Value, m.Groups[4].Value, m.Groups[5].Value))];

    [Fact]
    public void Every_requirement_has_one_line_of_its_level()
    {
        var wanted = Numbers(Level1).Select(n => (n, 1)).Concat(Numbers(Level2).Select(n => (n, 2))).ToList();
        Assert.Equal((70, 183), (wanted.Count(w => w.Item2 == 1), wanted.Count(w => w.Item2 == 2))); // as many as the standard has
        Assert.Equal(wanted.Order(), Lines.Select(l => (l.Number, l.Level)).Order());
    }

    [Fact]
    public void Every_line_is_of_a_kind_and_says_what_that_kind_needs() => Assert.All(Lines, line =>
    {
        Assert.Contains(line.Kind, Kinds);
        Assert.True(line.What.Length >= 10 && line.Why.Length >= 10, $"{line.Number} says too little.");
        if (line.Kind is "test")
            Assert.True(line.Named.Any(n => !IsFile(n)), $"{line.Number} names no test.");
        if (line.Kind is "code")
            Assert.True(line.Named.Any(IsFile), $"{line.Number} names no file.");
    });

    [Fact]
    public void Every_file_it_names_exists() =>
        Assert.All(Lines.SelectMany(l => l.Named).Where(IsFile), file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), file));

    [Fact]
    public void Every_test_it_names_exists()
    {
        var tests = typeof(SecurityTable).Assembly.GetTypes().Where(t => t.IsPublic).ToLookup(t => t.Name);
        Assert.All(Lines.SelectMany(l => l.Named).Where(n => !IsFile(n)).Distinct(), name =>
        {
            var parts = name.Split('.');
            var methods = tests[parts[0]].SelectMany(t => t.GetMethods()).Where(m => m.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0).ToList();
            Assert.True(parts.Length <= 2 && methods.Exists(m => parts.Length == 1 || m.Name == parts[1]), name);
        });
    }

    [Fact]
    public void What_is_open_is_listed_at_the_top()
    {
        var top = Document[Document.IndexOf("\n## Open", StringComparison.Ordinal)..];
        top = top[..top.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        Assert.Equal(Lines.Where(l => l.Kind is "open").Select(l => l.Number).Order(), Number().Matches(top).Select(m => m.Value).Order());
    }

    private static IEnumerable<string> Numbers(string list) => list.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsFile(string name) => name.Contains('/', StringComparison.Ordinal) || name.EndsWith(".props", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| (\d+\.\d+\.\d+) \| ([123]) \| ([^|\n]+) \| ([^|\n]+) \| ([^|\n]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b\d+\.\d+\.\d+\b")]
    private static partial Regex Number();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    /// <summary>What stands in backticks in its last column is a file of the repository or a test, and nothing else.</summary>
    private sealed record Line(string Number, int Level, string What, string Kind, string Why)
    {
        public IReadOnlyList<string> Named { get; } = [.. Quoted().Matches(Why).Select(m => m.Groups[1].Value)];
    }
}
