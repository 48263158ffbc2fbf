namespace Portal.Tests.Support;

/// <summary>The source, for the tests that read it.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Files of a project by ending, without what is generated.</summary>
    public static IEnumerable<string> Sources(string project, string ending) => Directory
        .EnumerateFiles(Path.Combine(Root, project), "*" + ending, SearchOption.AllDirectories)
        .Where(file => !Parts(file).Any(part => part is "bin" or "obj" or "Migrations" or "node_modules"));

    public static string Name(string file) => Path.GetRelativePath(Root, file);

    public static string[] Parts(string file) => Name(file).Split(Path.DirectorySeparatorChar);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Portal.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Portal.sln is not above the tests."));
}
