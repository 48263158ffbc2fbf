using System.Globalization;
using System.Resources;

namespace Portal.Resources;

/// <summary>Every word that people read in the portal. Another language is another Texts.xx.resx.</summary>
public static class Texts
{
    private static readonly ResourceManager Resources = new("Portal.Resources.Texts", typeof(Texts).Assembly);

    /// <summary>The text in the person's language, with its places filled in their culture. An unknown key shows itself.</summary>
    public static string T(string key, params object?[] args)
    {
        var text = Resources.GetString(key, CultureInfo.CurrentUICulture) ?? key;
        return args.Length == 0 ? text : string.Format(CultureInfo.CurrentCulture, text, args);
    }

    /// <summary>A text about a number, in one of two forms: key.one and key.many.</summary>
    public static string Count(string key, long count) => T(key + (count == 1 ? ".one" : ".many"), count);

    /// <summary>Whether there is such a text.</summary>
    public static bool Has(string key) => Resources.GetString(key, CultureInfo.CurrentUICulture) is not null;
}
