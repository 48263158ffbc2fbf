using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Portal.Components.Ui;

/// <summary>
/// The icons' paths, out of icons.svg. They stand in the page itself: a browser needs half as many elements for them as for
/// references into a file, and draws them with the first frame.
/// </summary>
internal static partial class Drawings
{
    private static readonly FrozenDictionary<string, string> Paths = Read();

    public static string Of(string icon) => Paths.GetValueOrDefault(icon, "");

    private static FrozenDictionary<string, string> Read()
    {
        using var file = new StreamReader(typeof(Drawings).Assembly.GetManifestResourceStream("icons.svg")!);
        return Symbol().Matches(file.ReadToEnd()).ToFrozenDictionary(symbol => symbol.Groups["name"].Value, symbol => symbol.Groups["paths"].Value);
    }

    [GeneratedRegex("""<symbol id="(?<name>[^"]+)">(?<paths>.*)</symbol>""")]
    private static partial Regex Symbol();
}
