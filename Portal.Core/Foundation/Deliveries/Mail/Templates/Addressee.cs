using System.Globalization;

namespace Portal.Core.Foundation;

/// <summary>Who reads a mail, and how they read: their name, their zone and their culture.</summary>
public sealed record Addressee(string? Name, Zone Zone, string Culture)
{
    public static Addressee Of(PortalUser user) => new(user.FullName, Zone.OfOrUtc(user.ZoneId), user.Culture is { Length: > 0 } own ? own : Cultures.Standard);

    /// <summary>Somebody who has no account: all we know is what they were called.</summary>
    public static Addressee Of(string? name, string? zone = null) => new(name, Zone.OfOrUtc(zone), Cultures.Standard);

    /// <summary>The language they read in.</summary>
    internal string Language => Culture.Split('-')[0];

    /// <summary>How dates and figures are written in a text of this language: as at home where that is the same language, else as English is written there.</summary>
    internal CultureInfo WritingIn(string language)
    {
        var own = Cultures.All.Contains(Culture) ? Culture : Cultures.Standard;
        return CultureInfo.GetCultureInfo(own.StartsWith(language, StringComparison.Ordinal) ? own : language + own[own.IndexOf('-', StringComparison.Ordinal)..]);
    }
}
