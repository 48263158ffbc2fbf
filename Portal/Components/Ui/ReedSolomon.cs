namespace Portal.Components.Ui;

/// <summary>The error correction of a QR code.</summary>
internal static class ReedSolomon
{
    /// <summary>The remainder of the data by the product of (x − 2^i).</summary>
    public static byte[] Correction(byte[] data, int count)
    {
        var divisor = new byte[count];
        divisor[^1] = 1;
        byte root = 1;
        for (var i = 0; i < count; i++, root = Times(root, 2))
        {
            for (var j = 0; j < count; j++)
                divisor[j] = (byte)(Times(divisor[j], root) ^ (j + 1 < count ? divisor[j + 1] : 0));
        }

        var rest = new byte[count];
        foreach (var b in data)
        {
            var factor = (byte)(b ^ rest[0]);
            rest = [.. rest[1..], 0];
            for (var i = 0; i < count; i++)
                rest[i] ^= Times(divisor[i], factor);
        }

        return rest;
    }

    /// <summary>In the field of 256 with x⁸ + x⁴ + x³ + x² + 1.</summary>
    private static byte Times(byte a, byte b)
    {
        var product = 0;
        for (var i = 7; i >= 0; i--)
            product = (product << 1) ^ ((product >> 7) * 0x11D) ^ (((b >> i) & 1) * a);
        return (byte)product;
    }
}
