using System.Text;

namespace Portal.Core.Foundation;

/// <summary>Reads a server's replies (RFC 5321, 4.2): lines of "250-words", the last one "250 words". It reads no more than a server should say.</summary>
internal sealed class SmtpReader(Stream stream)
{
    private const int LongestLine = 2_000;
    private const int MostLines = 100;
    private readonly byte[] buffer = new byte[4_096];
    private int from;
    private int to;

    /// <summary>Something was said that nobody has asked for yet.</summary>
    public bool HasMore => to > from;

    public async ValueTask<SmtpReply> ReadAsync(CancellationToken ct)
    {
        var lines = new List<string>(1);
        var begun = "";
        while (true)
        {
            while (TryLine(ref begun) is { } line)
            {
                lines.Add(line);
                if (IsLast(line))
                    return SmtpReply.Of(lines);
                if (lines.Count >= MostLines)
                    throw new IOException("The server's answer does not end.");
            }

            (from, to) = (0, await stream.ReadAsync(buffer, ct));
            if (to == 0)
                throw new IOException("The server closed the connection.");
        }
    }

    /// <param name="begun">What was there of the next one already.</param>
    /// <returns>Null when there is more to come.</returns>
    private string? TryLine(ref string begun)
    {
        var end = buffer.AsSpan(from, to - from).IndexOf((byte)'\n');
        var line = begun + Encoding.UTF8.GetString(buffer, from, end < 0 ? to - from : end);
        if (line.Length > LongestLine)
            throw new IOException("The server's answer does not end.");
        (begun, from) = end < 0 ? (line, to) : ("", from + end + 1);
        return end < 0 ? null : line.TrimEnd('\r');
    }

    private static bool IsLast(string line)
    {
        if (line.Length < 3 || line.AsSpan(0, 3).ContainsAnyExceptInRange('0', '9') || (line.Length > 3 && line[3] is not ('-' or ' ')))
            throw new IOException("The server does not answer like a mail server.");
        return line.Length == 3 || line[3] is ' ';
    }
}
