using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portal.Tests.Architecture;

/// <summary>Nothing grows too big to read. Exceptions stand here by name, each with its reason.</summary>
public class Sizes
{
    private static readonly string[] Projects = ["Portal", "Portal.Core", "Portal.Benchmarks"];

    private static readonly Dictionary<string, string> Excepted = new()
    {
    };

    [Fact]
    public void No_method_is_longer_than_thirty_lines() => Assert.Empty(
        from file in Projects.SelectMany(p => Repository.Sources(p, ".cs"))
        from method in Nodes(file).Where(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
        where Lines(method) > 30 && !Excepted.ContainsKey($"{Name(method)}")
        select $"{Repository.Name(file)}: {Name(method)} has {Lines(method)} lines");

    [Fact]
    public void No_class_is_longer_than_two_hundred_and_fifty_lines() => Assert.Empty(
        from file in Projects.SelectMany(p => Repository.Sources(p, ".cs"))
        from type in Nodes(file).OfType<BaseTypeDeclarationSyntax>()
        where Lines(type) > 250 && !Excepted.ContainsKey(type.Identifier.Text)
        select $"{Repository.Name(file)}: {type.Identifier.Text} has {Lines(type)} lines");

    [Fact]
    public void No_page_or_part_is_longer_than_a_hundred_and_eighty_lines_with_eighty_of_code() => Assert.Empty(
        from file in Repository.Sources("Portal", ".razor")
        let lines = File.ReadAllLines(file)
        let code = CodeLines(lines)
        where (lines.Length > 180 || code > 80) && !Excepted.ContainsKey(Path.GetFileName(file))
        select $"{Repository.Name(file)} has {lines.Length} lines, {code} of them code");

    [Fact]
    public void Code_behind_is_for_the_design_system_only() => Assert.All(
        Repository.Sources("Portal", ".razor.cs").Select(Repository.Name), f => Assert.StartsWith(Path.Combine("Portal", "Components", "Ui"), f, StringComparison.Ordinal));

    [Fact]
    public void No_file_of_tests_is_longer_than_four_hundred_lines() => Assert.All(
        Repository.Sources("Portal.Tests", ".cs"), f => Assert.InRange(File.ReadLines(f).Count(), 1, 400));

    [Fact]
    public void The_program_is_a_table_of_contents_of_at_most_sixty_lines() =>
        Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "Portal", "Program.cs")).Count(), 1, 60);

    [Fact]
    public void No_exception_outlives_its_reason()
    {
        var tooLong = Projects.SelectMany(p => Repository.Sources(p, ".cs")).SelectMany(Nodes)
            .Where(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax ? Lines(n) > 30 : n is BaseTypeDeclarationSyntax && Lines(n) > 250)
            .Select(n => n is BaseTypeDeclarationSyntax type ? type.Identifier.Text : Name(n));
        Assert.Empty(Excepted.Keys.Where(name => !name.EndsWith(".razor", StringComparison.Ordinal)).Except(tooLong));
    }

    [Fact]
    public void The_count_of_code_lines_counts_every_block()
    {
        Assert.Equal(3, CodeLines(["<p>}</p>", "@code {", "    private int x;", "}", "<b/>"]));
        Assert.Equal(0, CodeLines(["<p/>"]));
        Assert.Equal(4, CodeLines(["@code", "{", "    void A() { }", "}", "<p/>"]));
    }

    private static IEnumerable<SyntaxNode> Nodes(string file) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(file), cancellationToken: Ct).GetRoot(Ct).DescendantNodes();

    private static int Lines(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string Name(SyntaxNode method) => method switch
    {
        MethodDeclarationSyntax m => $"{Owner(m)}.{m.Identifier.Text}",
        ConstructorDeclarationSyntax c => $"{Owner(c)}.{c.Identifier.Text}",
        LocalFunctionStatementSyntax f => $"{Owner(f)}.{f.Identifier.Text}",
        _ => $"{Owner(method)}.{method.Kind()}",
    };

    private static string Owner(SyntaxNode node) => node.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.Text ?? "";

    /// <summary>From each @code to the brace that ends it, which stands at the beginning of a line.</summary>
    private static int CodeLines(IReadOnlyList<string> lines)
    {
        var (count, inside) = (0, false);
        foreach (var line in lines)
        {
            inside |= line.StartsWith("@code", StringComparison.Ordinal) || line.StartsWith("@functions", StringComparison.Ordinal);
            count += inside ? 1 : 0;
            inside &= !line.StartsWith('}');
        }

        return count;
    }
}
