using System.Buffers;
using System.Globalization;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>Text as it may stand in a mail: words in headers (RFC 2047), bodies as quoted-printable or base64 (RFC 2045). All of it is ASCII in short lines.</summary>
internal static class MailText
{
    private const int LongestLine = 76;
    private const int LongestWord = 39; // with the header's name before it, a line of 76

    private static readonly SearchValues<byte> Printable = SearchValues.Create([(byte)'\r', (byte)'\n', .. Enumerable.Range(32, 95).Select(b => (byte)b)]);
    private static readonly SearchValues<byte> Plain = SearchValues.Create([.. Enumerable.Range(32, 95).Select(b => (byte)b).Where(b => b is not (byte)'=')]);

    private static ReadOnlySpan<byte> Hex => "0123456789ABCDEF"u8;

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

    /// <summary>Quoted-printable is the shorter of the two ways for it, and people can read it.</summary>
    public static bool IsMostlyPrintable(ReadOnlySpan<byte> text)
    {
        var odd = 0;
        for (var rest = text; rest.IndexOfAnyExcept(Printable) is >= 0 and var at; odd++)
            rest = rest[(at + 1)..];
        return odd * 6 <= text.Length;
    }

    /// <param name="message">Where it is written.</param>
    /// <param name="text">Its lines end with CRLF.</param>
    public static void QuotedPrintable(IBufferWriter<byte> message, ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf("\r\n"u8);
            Line(message, end < 0 ? text : text[..end]);
            text = end < 0 ? [] : text[(end + 2)..];
        }
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

    private static void Line(IBufferWriter<byte> message, ReadOnlySpan<byte> line)
    {
        if (line.Length <= LongestLine && !line.ContainsAnyExcept(Plain) && line is not [.., (byte)' '])
        {
            message.Write(line);
            message.Write("\r\n"u8);
            return;
        }

        // Every letter as three, and a break after 25 of them, would be the longest.
        var room = message.GetSpan((line.Length * 4) + 8);
        var written = Encode(line, room);
        "\r\n"u8.CopyTo(room[written..]);
        message.Advance(written + 2);
    }

    /// <returns>How long it has become.</returns>
    private static int Encode(ReadOnlySpan<byte> line, Span<byte> room)
    {
        var (at, column) = (0, 0);
        for (var i = 0; i < line.Length; i++)
        {
            var (isPlain, isLast) = (IsPlain(line, i), i + 1 == line.Length);
            var width = isPlain ? 1 : 3;
            if (column + width > LongestLine - (isLast ? 0 : 1))
            {
                "=\r\n"u8.CopyTo(room[at..]);
                (at, column) = (at + 3, 0);
            }

            if (isPlain)
                room[at] = line[i];
            else
                (room[at], room[at + 1], room[at + 2]) = ((byte)'=', Hex[line[i] >> 4], Hex[line[i] & 15]);
            (at, column) = (at + width, column + width);
        }

        return at;
    }

    // A space at the end of a line would be lost on the way.
    private static bool IsPlain(ReadOnlySpan<byte> line, int i) => line[i] switch
    {
        (byte)'=' => false,
        (byte)' ' => i + 1 < line.Length,
        > 32 and < 127 => true,
        _ => false,
    };
}
