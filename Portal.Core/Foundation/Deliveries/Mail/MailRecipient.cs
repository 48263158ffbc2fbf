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

    public static MailRecipient Parse(string address)
    {
        var (at, trimmed) = (address.Trim().LastIndexOf('@'), address.Trim());
        if (at <= 0 || !IsLocal(trimmed[..at]))
            throw NotAnAddress();
        try
        {
            var domain = Idn.GetAscii(trimmed[(at + 1)..]);
            return domain.Length <= LongestDomain ? new(trimmed[..at], domain) : throw NotAnAddress();
        }
        catch (ArgumentException)
        {
            throw NotAnAddress();
        }
    }

    public override string ToString() => $"{Local}@{Domain}";

    /// <summary>Atoms and dots. What would need quotes nobody has, and quotes are where a second address hides.</summary>
    private static bool IsLocal(string local) => Encoding.UTF8.GetByteCount(local) <= LongestLocal
        && local.EnumerateRunes().All(r => r.IsAscii ? char.IsAsciiLetterOrDigit((char)r.Value) || ".!#$%&'*+-/=?^_`{|}~".Contains((char)r.Value) : !Rune.IsControl(r) && !Rune.IsWhiteSpace(r) && r != Rune.ReplacementChar);

    private static RefusedForGood NotAnAddress() => new("That is not an e-mail address.");
}
