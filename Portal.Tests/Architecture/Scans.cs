using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portal.Tests.Architecture;

/// <summary>What is not written anywhere in the product, and where the few things may be written that have one place.</summary>
public partial class Scans
{
    // The database is migrated and its files are prepared there; everything else asks LINQ.
    private static readonly string DataFolder = Path.Combine("Portal.Core", "Foundation", "Data") + Path.DirectorySeparatorChar;

    // What is read from configuration is read when the house is set up, or by the limiter that is set up with it.
    private static readonly string[] Setup = [Path.Combine("Portal", "Startup") + Path.DirectorySeparatorChar, Path.Combine("Portal", "Api", "Api.cs"), Path.Combine("Portal", "Api", "ApiLimiter.cs")];

    private static readonly List<Source> All = [.. new[] { "Portal", "Portal.Core" }.SelectMany(p => Repository.Sources(p, ".cs").Select(f => Read(Repository.Name(f), File.ReadAllText(f))))];

    private static readonly List<(string File, string Text)> Screens = [.. Repository.Sources("Portal", ".razor").Select(f => (Repository.Name(f), File.ReadAllText(f)))];

    [Fact]
    public void No_query_leaves_the_fence_without_saying_which_part() => Assert.Empty(Found(WithoutFence));

    [Fact]
    public void SQL_is_written_only_where_SQL_belongs() => Assert.Empty(
        Found(RawSql, except: f => f.StartsWith(DataFolder, StringComparison.Ordinal) || f.EndsWith("Sql.cs", StringComparison.Ordinal)));

    [Fact]
    public void The_time_is_asked_of_the_clock_only() => Assert.Empty(Found(SystemTime));

    [Fact]
    public void Nobody_waits_by_blocking_and_nothing_runs_unwatched() => Assert.Empty(Found(Blocking));

    [Fact]
    public void Passwords_are_hashed_in_one_place_where_they_wait_their_turn() => Assert.Empty(
        Found(Hashing, except: f => f == Path.Combine("Portal.Core", "Domains", "People", "SignIn", "Passwords.cs")));

    [Fact]
    public void Configuration_is_read_only_where_the_house_is_set_up() => Assert.Empty(
        Found(Configuration, except: f => Setup.Any(s => f.StartsWith(s, StringComparison.Ordinal)) || f.EndsWith("Setup.cs", StringComparison.Ordinal)));

    [Fact]
    public void Screens_carry_no_styles_and_no_scripts_of_their_own() => Assert.All(Screens, s => Assert.DoesNotMatch(Inline(), s.Text));

    [Fact]
    public void A_component_library_is_named_only_in_the_design_system()
    {
        var ui = Path.Combine("Portal", "Components", "Ui");
        var outside = Screens.Concat(All.Select(s => (s.File, Text: s.Root.ToString()))).Where(s => !s.File.StartsWith(ui, StringComparison.Ordinal));
        Assert.All(outside, s => Assert.DoesNotMatch(Libraries(), s.Text));
    }

    [Fact]
    public void No_folder_is_named_for_having_no_name()
    {
        string[] nameless = ["Common", "Shared", "Helpers", "Utils"];
        var folders = new[] { "Portal", "Portal.Core", "Portal.Tests" }.SelectMany(p => Repository.Sources(p, "")).SelectMany(f => Repository.Parts(f)[..^1]).Distinct();
        Assert.Empty(folders.Intersect(nameless, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Nothing_that_was_left_out_on_purpose_has_crept_in()
    {
        string[] unwanted = ["MediatR", "AutoMapper", "Moq", "FluentAssertions"];
        Assert.Empty(from project in new[] { "Portal", "Portal.Core", "Portal.Tests" }
                     from file in Repository.Sources(project, ".csproj")
                     from name in unwanted
                     where File.ReadAllText(file).Contains($"\"{name}", StringComparison.OrdinalIgnoreCase)
                     select $"{file}: {name}");
    }

    [Theory]
    [InlineData("db.Events.IgnoreQueryFilters()", true, nameof(WithoutFence))]
    [InlineData("db.Events.IgnoreQueryFilters([\"Tenant\"])", false, nameof(WithoutFence))]
    [InlineData("db.Events.FromSqlRaw(sql)", true, nameof(RawSql))]
    [InlineData("db.Database.ExecuteSqlAsync(sql)", true, nameof(RawSql))]
    [InlineData("command.CommandText = sql", true, nameof(RawSql))]
    [InlineData("var x = DateTime.UtcNow", true, nameof(SystemTime))]
    [InlineData("var x = System.DateTimeOffset.Now.Year", true, nameof(SystemTime))]
    [InlineData("var x = time.Now()", false, nameof(SystemTime))]
    [InlineData("var x = LoadAsync().Result", true, nameof(Blocking))]
    [InlineData("var x = await unit.Result", false, nameof(Blocking))]
    [InlineData("task.Wait()", true, nameof(Blocking))]
    [InlineData("async void Go() { }", true, nameof(Blocking))]
    [InlineData("IPasswordHasher<PortalUser> h = null!", true, nameof(Hashing))]
    [InlineData("users.PasswordHasher.HashPassword(user, typed)", true, nameof(Hashing))]
    [InlineData("users.CheckPasswordAsync(user, typed)", true, nameof(Hashing))]
    [InlineData("passwords.HashAsync(typed, ct)", false, nameof(Hashing))]
    [InlineData("IConfiguration c = null!", true, nameof(Configuration))]
    public void The_scans_find_what_they_look_for(string code, bool isFound, string scan)
    {
        var source = Read("x.cs", $"class X {{ async System.Threading.Tasks.Task M() {{ {code}; }} }}");
        Func<SyntaxNode, bool> look = scan switch
        {
            nameof(WithoutFence) => WithoutFence,
            nameof(RawSql) => RawSql,
            nameof(SystemTime) => SystemTime,
            nameof(Blocking) => Blocking,
            nameof(Hashing) => Hashing,
            _ => Configuration,
        };
        Assert.Equal(isFound, source.Root.DescendantNodes().Any(look));
    }

    private static bool WithoutFence(SyntaxNode node) => node is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call && Called(call) == "IgnoreQueryFilters";

    private static bool RawSql(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => Called(call) is var name && (name.StartsWith("FromSql", StringComparison.Ordinal) || name.StartsWith("ExecuteSql", StringComparison.Ordinal) || name.StartsWith("SqlQuery", StringComparison.Ordinal)),
        MemberAccessExpressionSyntax { Name.Identifier.Text: "CommandText" } => true,
        _ => false,
    };

    private static bool SystemTime(SyntaxNode node) => node is MemberAccessExpressionSyntax { Name.Identifier.Text: "Now" or "UtcNow" or "Today" } access
        && access.Expression.ToString().Split('.')[^1] is "DateTime" or "DateTimeOffset";

    private static bool Blocking(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Result", Parent: not AwaitExpressionSyntax } => true,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call => Called(call) == "Wait",
        MethodDeclarationSyntax m => IsAsyncVoid(m.Modifiers, m.ReturnType),
        LocalFunctionStatementSyntax f => IsAsyncVoid(f.Modifiers, f.ReturnType),
        _ => false,
    };

    private static bool IsAsyncVoid(SyntaxTokenList modifiers, TypeSyntax returns) => modifiers.Any(SyntaxKind.AsyncKeyword) && returns.ToString() == "void";

    private static bool Hashing(SyntaxNode node) => node is SimpleNameSyntax { Identifier.Text: "IPasswordHasher" or "PasswordHasher" or "HashPassword" or "VerifyHashedPassword" or "CheckPasswordAsync" };

    private static bool Configuration(SyntaxNode node) => node is IdentifierNameSyntax { Identifier.Text: "IConfiguration" };

    private static string Called(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.Text,
        IdentifierNameSyntax name => name.Identifier.Text,
        _ => "",
    };

    private static IEnumerable<string> Found(Func<SyntaxNode, bool> look, Func<string, bool>? except = null) =>
        from source in All
        where except?.Invoke(source.File) is not true
        from node in source.Root.DescendantNodes().Where(look)
        select $"{source.File}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {node.ToString().Split('\n')[0]}";

    private static Source Read(string file, string text) => new(file, CSharpSyntaxTree.ParseText(text, cancellationToken: CancellationToken.None).GetRoot(CancellationToken.None));

    [GeneratedRegex(@"\sstyle\s*=\s*[""'@]|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[""'](?!@)|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"\b(Radzen|MudBlazor|Telerik|Syncfusion|DevExpress|Blazorise|FluentUI)\b")]
    private static partial Regex Libraries();

    private sealed record Source(string File, SyntaxNode Root);
}
