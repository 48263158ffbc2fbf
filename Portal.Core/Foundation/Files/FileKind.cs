using System.Text;

namespace Portal.Core.Foundation;

/// <summary>A kind of file that the portal knows by its first bytes. The name's ending must agree with them.</summary>
public sealed record FileKind(string ContentType, IReadOnlyList<string> Endings, Func<byte[], bool> Fits)
{
    public static readonly FileKind Png = new("image/png", [".png"], h => Begins(h, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]));
    public static readonly FileKind Jpeg = new("image/jpeg", [".jpg", ".jpeg"], h => Begins(h, [0xFF, 0xD8, 0xFF]));
    public static readonly FileKind Gif = new("image/gif", [".gif"], h => Begins(h, "GIF87a"u8) || Begins(h, "GIF89a"u8));
    public static readonly FileKind Webp = new("image/webp", [".webp"], h => Begins(h, "RIFF"u8) && h.Length >= 12 && h.AsSpan(8, 4).SequenceEqual("WEBP"u8));
    public static readonly FileKind Pdf = new("application/pdf", [".pdf"], h => Begins(h, "%PDF-"u8));
    public static readonly FileKind Zip = new("application/zip", [".zip"], IsZip);
    public static readonly FileKind Xlsx = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx"], IsZip);
    public static readonly FileKind Csv = new("text/csv", [".csv"], IsText);
    public static readonly FileKind Text = new("text/plain", [".txt"], IsText);

    public static IReadOnlyList<FileKind> All { get; } = [Png, Jpeg, Gif, Webp, Pdf, Zip, Xlsx, Csv, Text];

    public static FileKind? Of(string name, ReadOnlySpan<byte> head)
    {
        var (ending, bytes) = (Path.GetExtension(name).ToLowerInvariant(), head.ToArray());
        return All.FirstOrDefault(kind => kind.Endings.Contains(ending) && kind.Fits(bytes));
    }

    private static bool Begins(byte[] head, ReadOnlySpan<byte> with) => head.AsSpan().StartsWith(with);

    private static bool IsZip(byte[] head) => Begins(head, [0x50, 0x4B, 0x03, 0x04]);

    // Text may be in any encoding, but it has no zero bytes unless a mark says UTF-16.
    private static bool IsText(byte[] head) => Begins(head, Encoding.Unicode.Preamble) || Begins(head, Encoding.BigEndianUnicode.Preamble) || !head.Contains((byte)0);
}
