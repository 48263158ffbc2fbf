using System.Globalization;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>An address as a mail server is told it: its domain in ASCII (IDNA), its local part as it is.</summary>
internal readonly record struct MailRecipient(string Local, string Domain)
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 253;
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>The server must know SMTPUTF8 (RFC 6531) to take it.</summary>
    public bool NeedsUtf8 => !Ascii.IsValid(Local);

    public static MailRecipient Parse(string address) => TryParse(address) ?? throw new RefusedForGood("That is not an e-mail address.");

    public static MailRecipient? TryParse(string address)
    {
        var trimmed = address.Trim();
        var at = trimmed.LastIndexOf('@');
        if (at <= 0 || at == trimmed.Length - 1 || !IsLocal(trimmed[..at]))
            return null;
        try
        {
            var domain = Idn.GetAscii(trimmed[(at + 1)..]);
            return domain.Length <= LongestDomain ? new(trimmed[..at], domain) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public override string ToString() => $"{Local}@{Domain}";

    /// <summary>Atoms and dots. What would need quotes nobody has, and quotes are where a second address hides.</summary>
    private static bool IsLocal(string local) => Encoding.UTF8.GetByteCount(local) <= LongestLocal
        && local.EnumerateRunes().All(r => r.IsAscii ? char.IsAsciiLetterOrDigit((char)r.Value) || ".!#$%&'*+-/=?^_`{|}~".Contains((char)r.Value) : !Rune.IsControl(r) && !Rune.IsWhiteSpace(r) && r != Rune.ReplacementChar);
}
