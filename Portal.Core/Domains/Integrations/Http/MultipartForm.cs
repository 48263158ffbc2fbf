using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Core.Domains.Integrations;

/// <summary>A form with a file in it (RFC 7578), made whole, so that it can be sent again.</summary>
internal sealed class MultipartForm
{
    private readonly ArrayBufferWriter<byte> body = new();

    // Long and random: nothing that is sent can contain it.
    private readonly string between = RandomNumberGenerator.GetHexString(40, lowercase: true);

    public MultipartForm Add(string name, string value) => Part($"Content-Disposition: form-data; name=\"{name}\"\r\n", Encoding.UTF8.GetBytes(value));

    public MultipartForm Add(string name, string fileName, string type, ReadOnlySpan<byte> bytes) =>
        Part($"Content-Disposition: form-data; name=\"{name}\"; filename=\"{Plain(fileName)}\"\r\nContent-Type: {Plain(type)}\r\n", bytes);

    public ProviderContent Build()
    {
        Write($"--{between}--\r\n");
        return new(body.WrittenMemory, $"multipart/form-data; boundary={between}");
    }

    private static string Plain(string text) => new([.. text.Select(c => c is '"' or '\\' || char.IsControl(c) ? '_' : c)]);

    private MultipartForm Part(string headers, ReadOnlySpan<byte> bytes)
    {
        Write($"--{between}\r\n{headers}\r\n");
        body.Write(bytes);
        Write("\r\n");
        return this;
    }

    private void Write(string text) => body.Write(Encoding.UTF8.GetBytes(text));
}
