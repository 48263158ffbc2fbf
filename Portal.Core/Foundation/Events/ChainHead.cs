using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>How long a chain is, so that rows missing from its end show.</summary>
public sealed class ChainHead
{
    public const string Events = "events";

    public required string Name { get; init; }

    public long Number { get; private set; }

    public byte[] Mac { get; private set; } = [];

    /// <summary>Made together with the chain's key, before there is anything to seal.</summary>
    public static ChainHead Begin(byte[] secret)
    {
        var head = new ChainHead { Name = Events };
        head.MoveTo(secret, 0, []);
        return head;
    }

    public void MoveTo(byte[] secret, long number, byte[] lastSeal) => (Number, Mac) = (number, Sign(secret, number, lastSeal));

    /// <returns>What is wrong with a chain that ends with this seal; null when it ends as the head says.</returns>
    public string? TroubleWith(byte[] secret, long number, byte[] lastSeal) => number != Number
        ? $"The chain ends at number {number}, and its head says {Number}."
        : CryptographicOperations.FixedTimeEquals(Mac, Sign(secret, number, lastSeal)) ? null : "The head of the chain was changed.";

    private static byte[] Sign(byte[] secret, long number, byte[] lastSeal) =>
        HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes(Events), .. BitConverter.GetBytes(number), .. lastSeal]);
}

internal sealed class ChainHeadTable : IEntityTypeConfiguration<ChainHead>
{
    public void Configure(EntityTypeBuilder<ChainHead> builder)
    {
        builder.ToTable("ChainHeads").HasKey(h => h.Name);
        builder.Property(h => h.Name).HasMaxLength(32);
        builder.Property(h => h.Number).IsConcurrencyToken();
        builder.Property(h => h.Mac).HasMaxLength(32);
    }
}
