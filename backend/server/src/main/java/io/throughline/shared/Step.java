package io.throughline.shared;

/// The places in publishing, indexing and webhooks between which a server may die. What stands on each side of one is what a
/// restart has to cope with; a test kills the server at every one of them, so a new one is covered by being here.
public enum Step {

    /// Publishing is allowed and the item locked; nothing is written.
    PUBLISH_BEFORE_CHANGE,
    /// Publication, change row and audit entry are written in the open transaction.
    PUBLISH_AFTER_CHANGE,
    /// The publication is committed; nobody was told, not even the caller.
    PUBLISH_COMMITTED,

    /// Withdrawing is allowed and the item locked; nothing is written.
    WITHDRAW_BEFORE_CHANGE,
    /// Every publication of the withdrawal is ended in the open transaction.
    WITHDRAW_AFTER_CHANGE,
    /// The withdrawal is committed; nobody was told, not even the caller.
    WITHDRAW_COMMITTED,

    /// A publication's window has passed and the item is locked; nothing is written.
    EXPIRE_BEFORE_CHANGE,
    /// The expiry is written in the open transaction.
    EXPIRE_AFTER_CHANGE,
    /// The expiry is committed; nobody was told.
    EXPIRE_COMMITTED,

    /// The catalogue index's cursor is locked and changes behind it were read; Elasticsearch has none of them.
    CATALOGUE_INDEX_READ,
    /// Elasticsearch has the batch; the cursor stands before it.
    CATALOGUE_INDEX_WRITTEN,
    /// The cursor stands behind the batch in the open transaction.
    CATALOGUE_INDEX_MOVED,
    /// The cursor is committed.
    CATALOGUE_INDEX_COMMITTED,

    /// A new catalogue index is made, empty, beside the one in use.
    CATALOGUE_REBUILD_CREATED,
    /// The new index holds everything; the alias points to the old one.
    CATALOGUE_REBUILD_FILLED,
    /// The alias points to the new index; the cursor that belongs to it is not committed.
    CATALOGUE_REBUILD_SWITCHED,

    /// The library index has the marked items; their marks are still there.
    LIBRARY_INDEX_WRITTEN,
    /// The marks are deleted in the open transaction.
    LIBRARY_INDEX_UNMARKED,

    /// A new library index is made, empty, and every item is marked; the alias does not point to it.
    LIBRARY_REBUILD_MARKED,
    /// The alias points to the new library index.
    LIBRARY_REBUILD_SWITCHED,

    /// The webhooks' cursor is locked and changes behind it were read; nothing is written.
    WEBHOOK_READ,
    /// A withdrawal's recall and the channels that it waits for are written in the open transaction; no delivery is.
    RECALL_OPENED,
    /// The deliveries that changes ask for are written in the open transaction.
    WEBHOOK_PLANNED,
    /// A delivery is taken by this node; nothing is sent.
    WEBHOOK_CLAIMED,
    /// The receiver answered; that it did is written nowhere.
    WEBHOOK_SENT,
    /// The attempt's outcome is committed.
    WEBHOOK_RECORDED
}
