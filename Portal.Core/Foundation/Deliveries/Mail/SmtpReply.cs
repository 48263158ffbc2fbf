using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Core.Foundation;

/// <summary>Where in the talk with a mail server something was said.</summary>
public enum SmtpStep
{
    Connect,
    Tls,
    Greeting,
    Login,
    Sender,
    Recipient,
    Content,
}

/// <summary>What a mail server answered: a code, perhaps an enhanced one (RFC 3463), and words.</summary>
internal sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int LongestWords = 300;

    public string? Enhanced => EnhancedCode().Match(Lines[^1]) is { Success: true } found ? found.Value.TrimEnd() : null;

    public bool IsGood => Code is >= 200 and < 400;

    public bool IsForGood => Code >= 500;

    /// <summary>It closes the connection after this.</summary>
    public bool IsFarewell => Code is 421;

    /// <summary>It does not know what we say, or wants us to log in first: that is not the fault of whom the mail is for.</summary>
    public bool BlamesUs => Code is 500 or 502 or 503 or 504 or 530 or 535 or 538 && Enhanced is not ['5', '.', '1' or '2', '.', ..];

    /// <summary>
    /// The address is at fault, not what was said there: a server that knows better says so by its enhanced code. That of the sender
    /// (5.1.7, 5.1.8), a full mailbox (5.2.2) and a mail too long (5.2.3) are not the address's doing either. Without such a code only what
    /// is said at the address counts, and not when it is about who may send there.
    /// </summary>
    public bool BlamesAddress(SmtpStep at) => Enhanced switch
    {
        "5.1.7" or "5.1.8" or "5.2.2" or "5.2.3" => false,
        ['5', '.', '1' or '2', '.', ..] => true,
        ['5', '.', '0', '.', ..] => at is SmtpStep.Recipient,
        null => at is SmtpStep.Recipient && Code is 550 or 551 or 553 && !AboutUs().IsMatch(string.Join(' ', Lines)),
        _ => false,
    };

    public static SmtpReply Of(IReadOnlyList<string> lines) =>
        new(int.Parse(lines[^1].AsSpan(0, 3), CultureInfo.InvariantCulture), [.. lines.Select(l => l.Length > 4 ? Printable(l[4..]) : "")]);

    /// <summary>In one line, as it is kept with the delivery.</summary>
    public override string ToString()
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"{Code} {string.Join(' ', Lines)}").TrimEnd();
        return said.Length > LongestWords ? said[..LongestWords] : said;
    }

    private static string Printable(string text) => text.Any(char.IsControl) ? new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]) : text;

    [GeneratedRegex("relay|authenti|log ?in", RegexOptions.IgnoreCase)]
    private static partial Regex AboutUs();

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?: |$)")]
    private static partial Regex EnhancedCode();
}

/// <summary>The server refused a step.</summary>
internal sealed class SmtpRefusal(SmtpStep step, SmtpReply reply) : Exception(reply.ToString())
{
    public SmtpStep Step => step;

    public SmtpReply Reply => reply;
}

/// <summary>All of a mail was on its way, and then the server's word did not come: it may have it, or not.</summary>
internal sealed class SmtpUnclear(Exception cause) : IOException("The whole mail was sent and no answer came: whether the server has it is not known.", cause);
