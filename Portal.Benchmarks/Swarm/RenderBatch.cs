using System.Buffers.Binary;
using System.Text;

namespace Portal.Benchmarks.Swarm;

/// <summary>As much of a render batch as a click needs: event handlers that came and went. Five offsets at its end tell where its parts are.</summary>
internal readonly ref struct RenderBatch(ReadOnlySpan<byte> bytes)
{
    private const int FrameSize = 20;
    private const int AttributeFrame = 3;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <returns>The first handler of the event, or 0.</returns>
    public ulong FindHandler(string attribute)
    {
        var frames = Part(1);
        var count = Int(frames);
        for (var frame = frames + 4; count > 0; count--, frame += FrameSize)
        {
            if (Int(frame) == AttributeFrame && ULong(frame + 12) is not 0 and var handler && Text(Int(frame + 4)) == attribute)
                return handler;
        }

        return 0;
    }

    public bool Disposes(ulong handler)
    {
        var disposed = Part(3);
        var count = Int(disposed);
        for (var place = disposed + 4; count > 0; count--, place += 8)
        {
            if (ULong(place) == handler)
                return true;
        }

        return false;
    }

    private int Part(int index) => Int(bytes.Length - 20 + (4 * index));

    private int Int(int place) => BinaryPrimitives.ReadInt32LittleEndian(bytes[place..]);

    private ulong ULong(int place) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[place..]);

    private string? Text(int index)
    {
        if (index < 0)
            return null;
        var place = Int(Part(4) + (4 * index));
        var (length, shift) = (0, 0);
        byte group;
        do
        {
            group = bytes[place++];
            length |= (group & 0x7f) << shift;
            shift += 7;
        }
        while ((group & 0x80) != 0);
        return Encoding.UTF8.GetString(bytes.Slice(place, length));
    }
}
