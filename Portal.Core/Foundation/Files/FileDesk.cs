using System.Security.Cryptography;

namespace Portal.Core.Foundation;

/// <summary>What kinds of file a place takes, and how large.</summary>
public sealed record FileRules(long MostBytes, params IReadOnlyList<FileKind> Kinds);

/// <summary>Takes files in: streams them to the store, refuses what is too large or not what it says it is, and leaves nothing half-done.</summary>
public sealed class FileDesk(IFileStore store, TimeProvider time)
{
    private const int LongestName = 255;

    /// <summary>The row to add to the caller's unit of work. If that fails, the bytes are removed by <see cref="Discard"/>.</summary>
    public async Task<StoredFile> TakeAsync(string name, Stream content, FileRules rules, long? clientId, CancellationToken ct)
    {
        var shown = Shown(name);
        using var limited = new LimitedStream(content, rules.MostBytes);
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        try
        {
            await store.SaveAsync(key, limited, ct);
            using var saved = store.Open(key)!;
            var kind = await KindAsync(shown, saved, rules, ct);
            return new()
            {
                ClientId = clientId,
                Name = shown,
                ContentType = kind.ContentType,
                Size = saved.Length,
                Sha256 = await SHA256.HashDataAsync(saved, ct),
                StoreKey = key,
                CreatedAt = time.Now(),
            };
        }
        catch
        {
            store.Delete(key);
            throw;
        }
    }

    private static async Task<FileKind> KindAsync(string name, Stream saved, FileRules rules, CancellationToken ct)
    {
        var head = new byte[512];
        var kind = FileKind.Of(name, head.AsSpan(0, await saved.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct)));
        saved.Position = 0;
        return kind is not null && rules.Kinds.Contains(kind)
            ? kind
            : throw new Invalid("file", $"Give one of these: {string.Join(", ", rules.Kinds.SelectMany(k => k.Endings))}. This one is none of them, whatever its name says.");
    }

    public void Discard(StoredFile file) => store.Delete(file.StoreKey);

    /// <summary>The last part of whatever path the browser sent, without what a file name cannot hold.</summary>
    private static string Shown(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var clean = new string([.. last.Where(c => !char.IsControl(c))]).Trim().Trim('.');
        return clean.Length is > 0 and <= LongestName ? clean : throw new Invalid("file", "Give the file a name of up to 255 letters.");
    }

    private sealed class LimitedStream(Stream inner, long most) : Stream
    {
        private long read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => read; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Count(int bytes) => (read += bytes) <= most ? bytes : throw new Invalid("file", $"The file is larger than {most / 1024.0 / 1024.0:0.#} MB.");
    }
}
