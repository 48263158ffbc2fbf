using System.Globalization;
using System.Text;

namespace Portal.Components.Ui;

/// <summary>A QR code (ISO/IEC 18004): bytes, error correction M, versions 1 to 13, which is enough for what authenticator apps read.</summary>
public sealed class QrCode
{
    private const int FormatMask = 0x5412;

    // For level M, by version: error correction bytes of a block, and how many blocks of how many data bytes.
    private static readonly (int Ecc, int Blocks, int Size, int LongBlocks)[] Plans =
    [
        (10, 1, 16, 0), (16, 1, 28, 0), (26, 1, 44, 0), (18, 2, 32, 0), (24, 2, 43, 0), (16, 4, 27, 0), (18, 4, 31, 0),
        (22, 2, 38, 2), (22, 3, 36, 2), (26, 4, 43, 1), (30, 1, 50, 4), (22, 6, 36, 2), (22, 8, 37, 1),
    ];

    private static readonly int[][] Alignments =
    [
        [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50], [6, 30, 54], [6, 32, 58], [6, 34, 62],
    ];

    private static readonly Func<int, int, bool>[] Masks =
    [
        (x, y) => (x + y) % 2 == 0, (_, y) => y % 2 == 0, (x, _) => x % 3 == 0, (x, y) => (x + y) % 3 == 0,
        (x, y) => ((x / 3) + (y / 2)) % 2 == 0, (x, y) => (x * y % 2) + (x * y % 3) == 0,
        (x, y) => ((x * y % 2) + (x * y % 3)) % 2 == 0, (x, y) => (((x + y) % 2) + (x * y % 3)) % 2 == 0,
    ];

    private readonly int version;
    private readonly bool[,] dark;
    private readonly bool[,] isFixed;

    private QrCode(int version)
    {
        (this.version, Size) = (version, 17 + (4 * version));
        (dark, isFixed) = (new bool[Size, Size], new bool[Size, Size]);
    }

    /// <summary>Modules along an edge, without the quiet zone.</summary>
    public int Size { get; }

    public bool this[int x, int y] => dark[x, y];

    public static QrCode Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var version = Enumerable.Range(1, Plans.Length).FirstOrDefault(v => Capacity(v) * 8 >= 4 + LengthBits(v) + (8 * bytes.Length));
        if (version == 0)
            throw new ArgumentException("This is too long for a picture.", nameof(text));
        var code = new QrCode(version);
        code.DrawFixed();
        code.DrawData(WithCorrection(version, Codewords(version, bytes)));
        code.DrawFormat(code.ChooseMask());
        return code;
    }

    /// <summary>The dark modules as the path of an SVG, with the quiet zone of four modules around.</summary>
    public string Path()
    {
        var path = new StringBuilder();
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var from = x;
                while (x < Size && dark[x, y])
                    x++;
                if (x > from)
                    path.Append(CultureInfo.InvariantCulture, $"M{from + 4} {y + 4}h{x - from}v1H{from + 4}z");
            }
        }

        return path.ToString();
    }

    private static int LengthBits(int version) => version < 10 ? 8 : 16;

    private static int Capacity(int version) => Plans[version - 1] is var plan ? (plan.Blocks * plan.Size) + (plan.LongBlocks * (plan.Size + 1)) : 0;

    private static byte[] Codewords(int version, byte[] bytes)
    {
        var bits = new List<bool>();
        Append(0b0100, 4);
        Append(bytes.Length, LengthBits(version));
        foreach (var b in bytes)
            Append(b, 8);
        Append(0, Math.Min(4, (Capacity(version) * 8) - bits.Count));
        Append(0, (8 - (bits.Count % 8)) % 8);
        for (var pad = 0xEC; bits.Count < Capacity(version) * 8; pad ^= 0xEC ^ 0x11)
            Append(pad, 8);
        return [.. bits.Chunk(8).Select(chunk => chunk.Aggregate((byte)0, (sum, bit) => (byte)((sum << 1) | (bit ? 1 : 0))))];

        void Append(int value, int count)
        {
            for (var i = count - 1; i >= 0; i--)
                bits.Add(((value >> i) & 1) == 1);
        }
    }

    /// <summary>Cuts the data into blocks, adds to each its correction, and takes them column by column.</summary>
    private static byte[] WithCorrection(int version, byte[] data)
    {
        var plan = Plans[version - 1];
        var (blocks, at) = (new List<(byte[] Data, byte[] Ecc)>(), 0);
        for (var i = 0; i < plan.Blocks + plan.LongBlocks; i++)
        {
            var block = data[at..(at += plan.Size + (i < plan.Blocks ? 0 : 1))];
            blocks.Add((block, ReedSolomon.Correction(block, plan.Ecc)));
        }

        return
        [
            .. Enumerable.Range(0, plan.Size + 1).SelectMany(i => blocks.Where(b => i < b.Data.Length).Select(b => b.Data[i])),
            .. Enumerable.Range(0, plan.Ecc).SelectMany(i => blocks.Select(b => b.Ecc[i])),
        ];
    }

    private void Set(int x, int y, bool isDark) => (dark[x, y], isFixed[x, y]) = (isDark, true);

    private void DrawFixed()
    {
        for (var i = 0; i < Size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }

        DrawFinder(3, 3);
        DrawFinder(Size - 4, 3);
        DrawFinder(3, Size - 4);
        var places = Alignments[version - 1];
        foreach (var (x, y) in places.SelectMany(x => places.Select(y => (x, y))).Where(p => !IsCorner(p.x, p.y)))
            DrawSquare(x, y, 2, ring => ring != 1);
        DrawFormat(0);
        DrawVersion();
    }

    private bool IsCorner(int x, int y) => (x == 6 && (y == 6 || y == Size - 7)) || (y == 6 && x == Size - 7);

    private void DrawFinder(int x, int y) => DrawSquare(x, y, 4, ring => ring is not (2 or 4));

    private void DrawSquare(int x, int y, int reach, Func<int, bool> isDark)
    {
        for (var dy = -reach; dy <= reach; dy++)
        {
            for (var dx = -reach; dx <= reach; dx++)
            {
                if (x + dx >= 0 && x + dx < Size && y + dy >= 0 && y + dy < Size)
                    Set(x + dx, y + dy, isDark(Math.Max(Math.Abs(dx), Math.Abs(dy))));
            }
        }
    }

    private void DrawFormat(int mask)
    {
        // Level M is 00.
        var bits = ((mask << 10) | Remainder(mask, 10, 0x537)) ^ FormatMask;
        for (var i = 0; i < 15; i++)
        {
            var isDark = ((bits >> i) & 1) == 1;
            Set(8, i < 6 ? i : i < 8 ? i + 1 : Size - 15 + i, isDark);
            Set(i < 8 ? Size - 1 - i : i == 8 ? 7 : 14 - i, 8, isDark);
        }

        Set(8, Size - 8, true);
    }

    private void DrawVersion()
    {
        if (version < 7)
            return;
        var bits = (version << 12) | Remainder(version, 12, 0x1F25);
        for (var i = 0; i < 18; i++)
        {
            var (a, b, isDark) = (Size - 11 + (i % 3), i / 3, ((bits >> i) & 1) == 1);
            Set(a, b, isDark);
            Set(b, a, isDark);
        }
    }

    private static int Remainder(int value, int bits, int divisor)
    {
        for (var i = 0; i < bits; i++)
            value = (value << 1) ^ ((value >> (bits - 1)) * divisor);
        return value;
    }

    /// <summary>Two columns at a time from the right, up and down in turn, past what is fixed.</summary>
    private void DrawData(byte[] data)
    {
        var at = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == 6)
                right = 5;
            for (var step = 0; step < Size; step++)
            {
                var y = ((right + 1) & 2) == 0 ? Size - 1 - step : step;
                foreach (var x in new[] { right, right - 1 }.Where(x => !isFixed[x, y] && at < data.Length * 8))
                {
                    dark[x, y] = ((data[at / 8] >> (7 - (at % 8))) & 1) == 1;
                    at++;
                }
            }
        }
    }

    private int ChooseMask()
    {
        var best = Enumerable.Range(0, Masks.Length).MinBy(mask =>
        {
            DrawFormat(mask);
            Mask(mask);
            var penalty = QrPenalty.Of(this);
            Mask(mask);
            return penalty;
        });
        Mask(best);
        return best;
    }

    private void Mask(int mask)
    {
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
                dark[x, y] ^= !isFixed[x, y] && Masks[mask](x, y);
        }
    }
}
