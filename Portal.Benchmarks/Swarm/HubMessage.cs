using System.Buffers;

namespace Portal.Benchmarks.Swarm;

/// <summary>Messages of SignalR's protocol "blazorpack": a length in seven-bit groups, then a MessagePack array.</summary>
internal static class HubMessage
{
    public const int Invocation = 1;
    public const int Completion = 3;
    public const int PingType = 6;
    public const int CloseType = 7;

    public static readonly byte[] Ping = [2, 0x91, PingType];

    /// <param name="id">Set where the answer is awaited.</param>
    public static byte[] Invoke(string? id, string target, params ReadOnlySpan<object?> arguments)
    {
        var body = new ArrayBufferWriter<byte>(512);
        var writer = new PackWriter(body);
        writer.WriteArray(6);
        writer.WriteInteger(Invocation);
        writer.WriteEmptyMap();
        writer.WriteText(id);
        writer.WriteText(target);
        writer.WriteArray(arguments.Length);
        foreach (var argument in arguments)
            writer.Write(argument);
        writer.WriteArray(0);
        return [.. Length(body.WrittenCount), .. body.WrittenSpan];
    }

    /// <returns>False when the message is not complete yet.</returns>
    public static bool TryCut(ReadOnlyMemory<byte> received, out ReadOnlyMemory<byte> message, out int consumed)
    {
        (message, consumed) = (default, 0);
        var length = 0;
        for (var place = 0; place < received.Length; place++)
        {
            var group = received.Span[place];
            length |= (group & 0x7f) << (7 * place);
            if ((group & 0x80) != 0)
                continue;
            consumed = place + 1 + length;
            if (received.Length < consumed)
                return false;
            message = received.Slice(place + 1, length);
            return true;
        }

        return false;
    }

    private static List<byte> Length(int length)
    {
        var groups = new List<byte>(5);
        for (; length >= 0x80; length >>= 7)
            groups.Add((byte)(length | 0x80));
        groups.Add((byte)length);
        return groups;
    }
}
