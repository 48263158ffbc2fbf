using System.Globalization;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>Text as it may stand in a mail: words in headers (RFC 2047), bodies as quoted-printable or base64 (RFC 2045). All of it is ASCII in short lines.</summary>
internal static class MailText
{
    private const int LongestLine = 76;
    private const int LongestWord = 39; // with the header's name before it, a line of 76

    /// <summary>A header's words: as they are when they are plain, else encoded. What is not of one line becomes it.</summary>
    public static string Words(string text)
    {
        var line = OneLine(text);
        return line.Length <= 60 && Ascii.IsValid(line) && !line.Contains("=?", StringComparison.Ordinal) ? line : Encoded(line);
    }

    /// <summary>A person's name before their address.</summary>
    public static string Name(string name)
    {
        var line = OneLine(name);
        return line.Length <= 60 && Ascii.IsValid(line) && !line.Contains("=?", StringComparison.Ordinal)
            ? $"\"{line.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : Encoded(line);
    }

    /// <summary>The shorter of the two ways, with its name.</summary>
    public static (string Encoding, string Text) Body(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        var odd = bytes.Count(b => b is < 32 or > 126 and not ((byte)'\r' or (byte)'\n'));
        return odd * 6 > bytes.Length ? ("base64", Base64(bytes)) : ("quoted-printable", QuotedPrintable(bytes));
    }

    private static string OneLine(string text) => new([.. text.Trim().Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    /// <summary>Words short enough for a line each, none of which cuts a character in two.</summary>
    private static string Encoded(string line)
    {
        var (words, word) = (new StringBuilder(), new List<byte>());
        Span<byte> one = stackalloc byte[4];
        foreach (var rune in line.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(one);
            if (word.Count + length > LongestWord)
                End();
            word.AddRange(one[..length]);
        }

        End();
        return words.ToString();

        void End()
        {
            words.Append(CultureInfo.InvariantCulture, $"{(words.Length > 0 ? "\r\n " : "")}=?utf-8?B?{Convert.ToBase64String([.. word])}?=");
            word.Clear();
        }
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks) + "\r\n";

    private static string QuotedPrintable(byte[] bytes)
    {
        var (text, column) = (new StringBuilder(bytes.Length + (bytes.Length / 8)), 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is (byte)'\r' && i + 1 < bytes.Length && bytes[i + 1] is (byte)'\n')
            {
                text.Append("\r\n");
                (column, i) = (0, i + 1);
                continue;
            }

            var (isPlain, isLast) = (IsPlain(bytes, i), i + 1 == bytes.Length || bytes[i + 1] is (byte)'\r');
            var width = isPlain ? 1 : 3;
            if (column + width > LongestLine - (isLast ? 0 : 1))
            {
                text.Append("=\r\n");
                column = 0;
            }

            if (isPlain)
                text.Append((char)bytes[i]);
            else
                text.Append(CultureInfo.InvariantCulture, $"={bytes[i]:X2}");
            column += width;
        }

        return text.Append(column > 0 ? "\r\n" : "").ToString();
    }

    // A space at the end of a line would be lost on the way.
    private static bool IsPlain(byte[] bytes, int i) => bytes[i] switch
    {
        (byte)'=' => false,
        (byte)' ' => i + 1 < bytes.Length && bytes[i + 1] is not (byte)'\r',
        > 32 and < 127 => true,
        _ => false,
    };
}
