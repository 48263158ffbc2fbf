namespace Portal.Core.Foundation;

/// <summary>A row that is sealed into a chain after it is committed: each seal covers the row and the seal before.</summary>
public interface ISealed
{
    long Id { get; }

    long? SealNo { get; }

    byte[]? Seal { get; }

    void SealAs(long number, byte[] seal);

    /// <summary>All that must never change.</summary>
    string Content();
}
