using System.Buffers.Binary;
using System.Text;

namespace Portal.Benchmarks.Swarm;

/// <summary>The part of MessagePack that Blazor's hub sends.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> rest = rest;

    public int ReadArrayLength() => ReadByte() switch
    {
        >= 0x90 and <= 0x9f and var tag => tag & 0x0f,
        0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xdd => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        var tag => throw Unexpected(tag, "an array"),
    };

    public long ReadInteger() => ReadByte() switch
    {
        < 0x80 and var tag => tag,
        >= 0xe0 and var tag => (sbyte)tag,
        0xcc => ReadByte(),
        0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        0xcf or 0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        0xd0 => (sbyte)ReadByte(),
        0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        var tag => throw Unexpected(tag, "an integer"),
    };

    public string? ReadText() => ReadByte() switch
    {
        0xc0 => null,
        >= 0xa0 and <= 0xbf and var tag => Encoding.UTF8.GetString(Take(tag & 0x1f)),
        0xd9 => Encoding.UTF8.GetString(Take(ReadByte())),
        0xda => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2)))),
        0xdb => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32BigEndian(Take(4)))),
        var tag => throw Unexpected(tag, "a text"),
    };

    public ReadOnlySpan<byte> ReadBytes() => ReadByte() switch
    {
        0xc4 => Take(ReadByte()),
        0xc5 => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
        0xc6 => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
        var tag => throw Unexpected(tag, "bytes"),
    };

    public bool ReadBoolean() => ReadByte() switch
    {
        0xc2 => false,
        0xc3 => true,
        var tag => throw Unexpected(tag, "a boolean"),
    };

    /// <summary>Message headers: a map of texts, nearly always empty.</summary>
    public void SkipHeaders()
    {
        var tag = ReadByte();
        if (tag is not (>= 0x80 and <= 0x8f))
            throw Unexpected(tag, "headers");
        for (var texts = (tag & 0x0f) * 2; texts > 0; texts--)
            ReadText();
    }

    private static InvalidDataException Unexpected(byte tag, string expected) => new($"The hub sent 0x{tag:x2} where {expected} should be.");

    private byte ReadByte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
