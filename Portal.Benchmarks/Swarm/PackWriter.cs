using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Portal.Benchmarks.Swarm;

/// <summary>The part of MessagePack that Blazor's hub understands.</summary>
internal readonly struct PackWriter(IBufferWriter<byte> output)
{
    public void WriteArray(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 15);
        WriteByte((byte)(0x90 | length));
    }

    public void WriteEmptyMap() => WriteByte(0x80);

    public void WriteInteger(long value)
    {
        if (value is >= 0 and < 0x80)
        {
            WriteByte((byte)value);
            return;
        }

        WriteByte(0xd3);
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    public void WriteText(string? text)
    {
        if (text is null)
        {
            WriteByte(0xc0);
            return;
        }

        WriteByte(0xdb);
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), Encoding.UTF8.GetByteCount(text));
        output.Advance(4);
        Encoding.UTF8.GetBytes(text, output);
    }

    public void Write(object? value)
    {
        switch (value)
        {
            case null or string:
                WriteText((string?)value);
                break;
            case long number:
                WriteInteger(number);
                break;
            case bool flag:
                WriteByte((byte)(flag ? 0xc3 : 0xc2));
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is not sent to a hub.", nameof(value));
        }
    }

    private void WriteByte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}
